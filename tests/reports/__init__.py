"""Reports: real PDFs, read back."""
