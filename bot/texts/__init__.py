"""Every Chinese word a person reads."""
