"""From the first contact to the decision: people, their papers and consents, rounds, screening, selection."""
