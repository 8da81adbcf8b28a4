"""The forms of the window as data: which fields, how each is read, which change they make. No widget."""
