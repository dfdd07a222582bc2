"""훈련수당: runs, their rows and their papers."""
