"""What `packaging/bootstrap.py` does, step by step. Standard library alone: nothing is installed yet when it runs."""
