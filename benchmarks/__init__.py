"""How much a page costs, as a ratio to floors of the same process, database and run (benchmarks/README.md)."""
