"""python -m benchmarks.all_ratings: 2,000 inspections with 6.4 million answers, and the ratings of all of them."""

import sys

from benchmarks.running import run

if __name__ == "__main__":
    sys.exit(run("python -m benchmarks.all_ratings", "all_ratings", sys.argv[1:]))
