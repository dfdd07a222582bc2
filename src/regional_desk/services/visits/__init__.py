"""방문: plans, visits, their files, and what was found with its follow-up."""
