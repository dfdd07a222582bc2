"""The page of recruitment rounds, screening and selection."""
