"""The matching page."""
