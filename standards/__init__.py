"""The published standards and rating rules as data."""
