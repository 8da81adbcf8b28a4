"""The pages of the window: each shows a state and emits what the user asks for."""
