"""Tallies, ratings, meetings and decisions."""
