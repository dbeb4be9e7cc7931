"""People, sign-in, and what people did."""
