"""What an appeal is, what may happen to it, and where it is kept."""
