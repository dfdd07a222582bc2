"""Recruitment: the people and where they stand."""
