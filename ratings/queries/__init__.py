"""What is read about ratings, meetings and outcomes."""
