"""Files in and out: strangers' spreadsheets and submission packages."""
