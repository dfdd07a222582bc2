"""연계: rounds, wishes and interviews, the two objectives, placements."""
