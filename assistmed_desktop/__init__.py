"""AssistMed Desktop: follow the aid contract of a medical assistant, from signature to review."""

__version__ = "0.1.0"
