"""Bringing in files: choosing, matching columns, previewing, committing."""
