"""A local messaging platform: people, chats and messages behind a Bot API and a people API."""
