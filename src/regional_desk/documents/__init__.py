"""The official papers, each described once and written as PDF and xlsx."""
