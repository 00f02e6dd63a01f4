"""The rules of an appeal, pure: standard library only, no clock, no randomness."""
