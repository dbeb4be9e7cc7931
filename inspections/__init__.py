"""Services, inspections, teams and timelines."""
