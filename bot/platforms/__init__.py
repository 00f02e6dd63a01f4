"""One folder or file per messaging platform."""
