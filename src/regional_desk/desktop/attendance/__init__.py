"""The attendance page: the grid people live in."""
