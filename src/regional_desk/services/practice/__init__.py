"""The practice office."""
