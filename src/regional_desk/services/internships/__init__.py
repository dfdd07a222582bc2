"""Internships: agreements, training on the job, and what came of them."""
