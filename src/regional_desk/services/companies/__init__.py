"""Companies that take part: their records, applications, ratings, positions and survey answers."""
