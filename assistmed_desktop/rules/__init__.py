"""The law: dated barèmes as data, and pure functions that apply them."""
