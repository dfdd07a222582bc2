"""Attendance day by day and what is counted from it."""
