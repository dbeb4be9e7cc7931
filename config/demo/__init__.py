"""Synthetic inspections of real services, to try the product out: same seed and day, same data."""
