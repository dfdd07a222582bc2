"""The same services from the command line."""
