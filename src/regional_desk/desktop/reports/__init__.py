"""Month end and submission."""
