"""Courses, their days, timetables and instructors; who is in them, how they leave and how they finish."""
