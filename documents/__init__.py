"""Every file that comes in: received, checked, available."""
