"""The allowance page."""
