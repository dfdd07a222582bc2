"""Speed and memory against peers, one command: `python dev.py bench`."""
