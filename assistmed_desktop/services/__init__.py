"""The use cases: the workspace that applies named operations, and the ports to what lies outside."""
