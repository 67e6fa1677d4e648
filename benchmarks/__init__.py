"""Measurements: each prints a ratio to a stated reference taken in the same run. Nothing here passes or fails."""
