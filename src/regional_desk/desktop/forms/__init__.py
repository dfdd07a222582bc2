"""Compiled Designer forms; written by `python dev.py forms`."""
