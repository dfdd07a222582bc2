"""Other people's files: plan, preview, commit, compare, undo."""
