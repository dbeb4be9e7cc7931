"""The one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    what: str
    milliseconds: float
    cpu_milliseconds: float | None = None
    against: str = ""
    ratio: float | None = None
    bar: float | None = None
    queries: int | None = None
    size: int | None = None
    gzipped: int | None = None


HEAVIEST = 30_000
HEADINGS = ("measured", "against", "ratio", "at most", "ms", "CPU ms", "queries", "kB", "kB gzip")


def missed(lines: list[Line]) -> list[str]:
    over = [
        f"{line.what}: {line.ratio:.2f} x {line.against}, and at most {line.bar:g} is wanted"
        for line in lines
        if line.bar is not None and line.ratio is not None and line.ratio > line.bar
    ]
    heavy = [
        f"{line.what}: {line.gzipped / 1000:.1f} kB compressed, and at most {HEAVIEST / 1000:g} kB is wanted"
        for line in lines
        if line.gzipped is not None and line.gzipped > HEAVIEST
    ]
    return over + heavy


def table(lines: list[Line]) -> str:
    """GitHub's Markdown, so that it goes into benchmarks/README.md as it is."""
    rows = [HEADINGS, tuple("-" * len(heading) for heading in HEADINGS), *map(cells, lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows)


def cells(line: Line) -> tuple[str, ...]:
    return (
        line.what,
        line.against,
        "" if line.ratio is None else f"{line.ratio:.2f}",
        "" if line.bar is None else f"{line.bar:g}",
        f"{line.milliseconds:.2f}",
        "" if line.cpu_milliseconds is None else f"{line.cpu_milliseconds:.2f}",
        "" if line.queries is None else str(line.queries),
        "" if line.size is None else f"{line.size / 1000:.1f}",
        "" if line.gzipped is None else f"{line.gzipped / 1000:.1f}",
    )
