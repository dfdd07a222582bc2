"""Accounts, approvals, logs, backups, retention and loss: what keeps the office safe."""
