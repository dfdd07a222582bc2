"""Policies, backups, checks, logs, users and the certificate."""
