"""Courses: their days and members."""
