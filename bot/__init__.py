"""The front door: chats in, appeals moved, answers out."""
