"""Seeing papers before they are printed."""
