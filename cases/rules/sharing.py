"""Shares pieces of work out among people so that their hours come as near each other as can be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

STARTS = 6


@dataclass(frozen=True)
class Piece:
    """What goes to one person as a whole. `allowed` in the order in which they are asked; `now` has it at present."""

    refs: tuple[str, ...]
    minutes: int
    allowed: tuple[int, ...]
    now: int | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Pieces of one shape are as good as each other."""
        return self.minutes, len(self.refs)


@dataclass
class Hands:
    """What each person holds; `begun` is the minutes and the number of the cases that stay with them."""

    begun: Mapping[int, tuple[int, int]]
    pieces: dict[int, list[Piece]]

    def load(self, person: int) -> int:
        return self.begun.get(person, (0, 0))[0] + sum(piece.minutes for piece in self.pieces[person])

    def cases(self, person: int) -> int:
        return self.begun.get(person, (0, 0))[1] + sum(len(piece.refs) for piece in self.pieces[person])

    def spread(self, people: Sequence[int]) -> int:
        loads = [self.load(person) for person in people]
        return max(loads) - min(loads) if loads else 0

    def readers(self) -> dict[str, int]:
        return {ref: person for person, pieces in self.pieces.items() for piece in pieces for ref in piece.refs}

    def level(self, one: int, other: int, enough: int = 0) -> bool:
        """Shares what both may have out again for the nearest hours; says whether that changed anything.

        Up to `enough` apart is as good as equal, and the fewest moves are best; else the nearest numbers of cases.
        """
        alike = self._alike(one, other)
        gap, cases = self.load(one) - self.load(other), self.cases(one) - self.cases(other)
        held = [sum(piece in self.pieces[one] for piece in pieces) for pieces in alike.values()]

        def distance(counts: tuple[int, ...]) -> tuple[int, ...]:
            """How far apart both would be if the one had so many of each shape, and the other the rest."""
            moved = [now - before for now, before in zip(counts, held, strict=True)]
            hours = abs(gap + 2 * sum(each * minutes for each, (minutes, _) in zip(moved, alike, strict=True)))
            number = abs(cases + 2 * sum(each * size for each, (_, size) in zip(moved, alike, strict=True)))
            moves = sum(map(abs, moved))
            return (max(hours, enough), *((moves, hours) if enough else (number, moves)), *counts)

        best = min(product(*(range(len(pieces) + 1) for pieces in alike.values())), key=distance)
        if distance(best)[0] >= max(abs(gap), enough):
            return False
        self._share(one, other, list(zip(alike.values(), best, strict=True)))
        return True

    def _alike(self, one: int, other: int) -> dict[tuple[int, int], list[Piece]]:
        """What both may have, by shape, longest first; in each what the one holds comes first."""
        found: dict[tuple[int, int], list[Piece]] = {}
        for piece in sorted(self.pieces[one], key=_longest) + sorted(self.pieces[other], key=_longest):
            if one in piece.allowed and other in piece.allowed:
                found.setdefault(piece.shape, []).append(piece)
        return dict(sorted(found.items(), reverse=True))

    def _share(self, one: int, other: int, shared: Sequence[tuple[list[Piece], int]]) -> None:
        both = {piece.refs for pieces, _ in shared for piece in pieces}
        for person, given in (
            (one, [piece for pieces, count in shared for piece in pieces[:count]]),
            (other, [piece for pieces, count in shared for piece in pieces[count:]]),
        ):
            self.pieces[person] = [piece for piece in self.pieces[person] if piece.refs not in both] + given


def _longest(piece: Piece) -> tuple[int, tuple[str, ...]]:
    return -piece.minutes, piece.refs


def share_out(
    pieces: Iterable[Piece], begun: Mapping[int, tuple[int, int]], people: Sequence[int], fair: int, nearest: int
) -> Hands:
    """What people have at present stays with as few changes as make hours `fair`; else the nearest of some attempts.

    `nearest` is how near hours can be at all: nothing is tried after that.
    """
    ordered = sorted(pieces, key=_longest)
    best = _keeping(ordered, begun, people, fair)
    if any(piece.now is not None for piece in ordered) and best.spread(people) <= fair:
        return best
    for turn in range(STARTS):
        attempt = _anew(ordered, begun, [*people[turn:], *people[:turn]])
        if attempt.spread(people) < best.spread(people) or turn == 0:
            best = attempt
        if best.spread(people) <= nearest:
            break
    return best


def _keeping(ordered: list[Piece], begun: Mapping[int, tuple[int, int]], people: Sequence[int], fair: int) -> Hands:
    hands = Hands(begun, defaultdict(list))
    for piece in ordered:
        if piece.now in piece.allowed:
            hands.pieces[piece.now or 0].append(piece)
    _give(hands, [piece for piece in ordered if piece.now not in piece.allowed], people)
    while hands.spread(people) > fair:
        most_and_least = sorted(
            combinations(people, 2), key=lambda pair: -abs(hands.load(pair[0]) - hands.load(pair[1]))
        )
        if not any(hands.level(one, other, fair) or hands.level(one, other) for one, other in most_and_least):
            break
    return hands


def _anew(ordered: list[Piece], begun: Mapping[int, tuple[int, int]], people: Sequence[int]) -> Hands:
    """Two people at a time are made level until no two can be."""
    hands = Hands(begun, defaultdict(list))
    _give(hands, ordered, people)
    while any([hands.level(one, other) for one, other in combinations(people, 2)]):
        pass
    return hands


def _give(hands: Hands, pieces: Iterable[Piece], asked: Sequence[int]) -> None:
    """What few people may have comes first, then the longest, each to whoever has least."""
    for piece in sorted(pieces, key=lambda piece: (len(piece.allowed), *_longest(piece))):
        hands.pieces[_least(hands, piece.allowed, asked)].append(piece)


def _least(hands: Hands, allowed: Sequence[int], asked: Sequence[int]) -> int:
    return min(allowed, key=lambda person: (hands.load(person), asked.index(person) if person in asked else len(asked)))
