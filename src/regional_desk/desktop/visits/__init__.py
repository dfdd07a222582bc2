"""방문: the month, the route of a day, keying back, findings."""
