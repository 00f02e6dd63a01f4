"""Use cases: plain values in, rows and events out; no platform, no Chinese, no clock."""
