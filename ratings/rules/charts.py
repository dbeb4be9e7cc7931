"""Where things stand on the charts of ratings: every place is a percentage of the width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standards.schema import OverallScale, Standards


@dataclass(frozen=True)
class Shape:
    """`level` counts the ratings from 1, the lowest; 0 for what is no rating."""

    name: str
    start: float
    width: float
    level: int = 0

    @property
    def middle(self) -> float:
        return self.start + self.width / 2

    @property
    def text(self) -> str:
        return self.name


@dataclass(frozen=True)
class Edge:
    at: float
    text: str


@dataclass(frozen=True)
class BandStrip:
    percent: float
    bands: tuple[Shape, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class ScoreLadder:
    total_at: float
    parts: tuple[Shape, ...]
    bands: tuple[Shape, ...]
    edges: tuple[Edge, ...]


def band_strip(standards: Standards, sufficient: int, assessed: int) -> BandStrip:
    floors = [band.floor for band in standards.bands]
    return BandStrip(
        percent=round(100 * sufficient / assessed, 3),
        bands=shapes([standards.rating(band.rating).label for band in standards.bands], [*floors, 100]),
        edges=tuple(Edge(floor, f"{floor}%") for floor in (*floors, 100)),
    )


def shapes(names: Iterable[str], edges: Sequence[float]) -> tuple[Shape, ...]:
    places = zip(names, edges, edges[1:], strict=False)
    return tuple(Shape(name, start, end - start, level) for level, (name, start, end) in enumerate(places, start=1))


def score_ladder(standards: Standards, scale: OverallScale, scores: Sequence[tuple[str, int]]) -> ScoreLadder:
    """`scores` are the standards that count, each with its score."""
    unit = 100 / scale.maximum
    between = [round((band.lowest - 0.5) * unit, 3) for band in scale.bands[1:]]
    ends = dict.fromkeys([*(band.lowest for band in scale.bands), scale.maximum])
    return ScoreLadder(
        total_at=round(sum(score for _, score in scores) * unit, 3),
        parts=tuple(parts(scores, unit)),
        bands=shapes([standards.rating(band.rating).label for band in scale.bands], [0, *between, 100]),
        edges=tuple(Edge(round(score * unit, 3), str(score)) for score in ends),
    )


def parts(scores: Sequence[tuple[str, int]], unit: float) -> Iterable[Shape]:
    """End to end; a score of 0 has no width, so it has no shape."""
    below = 0
    for standard, score in scores:
        if score:
            yield Shape(f"{standard}: {score}", round(below * unit, 3), round(score * unit, 3))
        below += score
