"""Long trials of the whole product, each started by its own target of make."""
