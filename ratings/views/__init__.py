"""Pages of ratings: the figures, the meeting, signing off, telling the service."""
