"""How an appeal looks in a chat: words and buttons."""
