"""What the rules say: values and pure functions, standard library only."""
