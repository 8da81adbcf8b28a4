"""The PDF reports: (Dossier, Evaluation) in, bytes out. This room only lays out."""
