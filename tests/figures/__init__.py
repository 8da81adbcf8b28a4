"""Charts: what they show, and that nothing leaves the sheet."""
