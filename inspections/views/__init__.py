"""Pages of inspections, one file for each subject."""
