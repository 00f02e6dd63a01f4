"""Questions to the tables and rows to keep, one noun a file."""
