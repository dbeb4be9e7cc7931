"""python -m benchmarks: starts a PostgreSQL of its own, loads it, measures, prints one table."""

import sys

from benchmarks.running import run

sys.exit(run("python -m benchmarks", "measure", sys.argv[1:]))
