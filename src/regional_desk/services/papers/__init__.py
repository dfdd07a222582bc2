"""Printed papers, reports and the package for the ministry."""
