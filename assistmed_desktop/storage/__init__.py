"""The practice as one SQLite file. ``storage.depot`` imports SQLModel, which is slow; this package does not."""
