"""인턴십: the interns, what was agreed with them, and how it goes."""
