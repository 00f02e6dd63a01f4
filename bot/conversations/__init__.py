"""What is said in chats, one conversation a file."""
