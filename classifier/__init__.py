"""Text in, ranked units with calibrated probabilities out; knows neither bot nor storage."""
