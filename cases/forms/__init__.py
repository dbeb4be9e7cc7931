"""Checks what is typed and uploaded about cases."""
