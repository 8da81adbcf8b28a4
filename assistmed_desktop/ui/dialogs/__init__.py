"""The dialogs: data in, data out, none of them blocking."""
