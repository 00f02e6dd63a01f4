"""A timer instead of a message."""
