"""The window: pages and dialogs that show a dossier and its evaluation, and decide nothing."""
