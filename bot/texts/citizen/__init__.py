"""What the citizen reads, one part of the conversation a file."""
