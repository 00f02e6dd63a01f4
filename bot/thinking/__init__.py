"""The classifier in a process of its own, so that neither its imports nor its work hold up the bot."""
