"""How near hours can be at all, whoever reads what: a proof to hold an allocation against (docs/rules/sample.md)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from math import gcd, prod

from cases.rules.sharing import Piece

MOST_PEOPLE_IN_GROUPS = 12
MOST_STATES = 2_000_000
Shape = tuple[int, ...]


def nearest(pieces: Collection[Piece], begun: Mapping[int, int], people: Sequence[int], found: int) -> int:
    """Minutes between the longest and the shortest hours in the best allocation that there could be, or fewer.

    `begun` is in minutes. `found` is what an allocation came to: above it nothing is looked for.
    """
    if len(people) < 2:
        return 0
    shared = [piece for piece in pieces if any(person in people for person in piece.allowed)]
    return min(found, max(_by_groups(shared, begun, people), _by_counting(shared, begun, people, found)))


def _by_groups(pieces: Sequence[Piece], begun: Mapping[int, int], people: Sequence[int]) -> int:
    """What only these people may have weighs on them, and the others have no more than the rest. Groups are bits."""
    bits = {person: 1 << place for place, person in enumerate(people)}
    own = {bit: begun.get(person, 0) for person, bit in bits.items()}
    weights: Counter[int] = Counter()
    for piece in pieces:
        weights[sum(bits.get(person, 0) for person in piece.allowed)] += piece.minutes
    everything = sum(weights.values()) + sum(own.values())
    best, shared = 0, list(weights.items())
    for group in _groups(len(people), weights):
        theirs = sum([minutes for allowed, minutes in shared if not allowed & ~group])
        theirs += sum([minutes for bit, minutes in own.items() if bit & group])
        size = group.bit_count()
        best = max(best, -(-theirs // size) - (everything - theirs) // (len(people) - size))
    return best


def _groups(count: int, weights: Iterable[int]) -> Iterable[int]:
    """Every group of a small team but the whole; of a large one those that a case is limited to, and single people."""
    whole = (1 << count) - 1
    if count <= MOST_PEOPLE_IN_GROUPS:
        return range(1, whole)
    return [1 << place for place in range(count)] + [allowed for allowed in weights if allowed != whole]


def _by_counting(pieces: Sequence[Piece], begun: Mapping[int, int], people: Sequence[int], found: int) -> int:
    """As though everybody might have everything but what only one may: which hours are so many of each length?"""
    bases = {person: begun.get(person, 0) for person in people}
    lengths: Counter[int] = Counter()
    for piece in pieces:
        if len(piece.allowed) == 1:
            bases[piece.allowed[0]] += piece.minutes
        else:
            lengths[piece.minutes] += 1
    counting = _Counting(lengths, sorted(bases.values()))
    return next((spread for spread in range(0, found, counting.step) if counting.possible(spread)), found)


class _Counting:
    """A set of counts is one whole number: bit so-and-so is set where that many of each length can be given out."""

    def __init__(self, lengths: Mapping[int, int], bases: Sequence[int]) -> None:
        self.lengths, self.bases = sorted(lengths.items(), reverse=True), bases
        self.step = reduce(gcd, [*lengths, *(base - bases[0] for base in bases)], 0) or 1
        self.total = sum(minutes * count for minutes, count in lengths.items()) + sum(bases)
        widths = [2 * count + 1 for _, count in self.lengths]
        self.places = [prod(widths[:number]) for number in range(len(widths))]
        self.too_many = prod(widths) > MOST_STATES
        self.after = [sum(each * left for each, left in self.lengths[number + 1 :]) for number in range(len(widths))]
        self.shapes: dict[tuple[int, int], list[int]] = {}
        self.everything = sum(count * place for (_, count), place in zip(self.lengths, self.places, strict=True))

    def possible(self, spread: int) -> bool:
        """Whether all hours can be within `spread` of each other; yes where that is too much to count."""
        if self.too_many:
            return True
        mean, first = self.total // len(self.bases), self.bases[0] % self.step
        lowest = mean - spread
        start = lowest + (first - lowest) % self.step
        return any(self._within(low, low + spread) for low in range(start, mean + 1, self.step))

    def _within(self, low: int, high: int) -> bool:
        reached = 1
        for base in self.bases:
            given = 0
            for shift in self._shapes(low - base, high - base):
                given |= reached << shift
            reached = given & self.there_are
            if not reached:
                return False
        return bool(reached >> self.everything & 1)

    @cached_property
    def there_are(self) -> int:
        """The counts that do not give out more than there is."""
        mask = 1
        for (_, count), place in zip(self.lengths, self.places, strict=True):
            mask = sum(mask << number * place for number in range(count + 1))
        return mask

    def _shapes(self, low: int, high: int) -> list[int]:
        if (low, high) not in self.shapes:
            self.shapes[low, high] = list(self._choices(low, high, 0))
        return self.shapes[low, high]

    def _choices(self, low: int, high: int, number: int) -> Iterator[int]:
        """Every choice of lengths from the `number`th on that takes between `low` and `high` minutes, as a shift."""
        if number == len(self.lengths):
            if low <= 0 <= high:
                yield 0
            return
        minutes, count = self.lengths[number]
        least = max(0, -((self.after[number] - low) // minutes))
        for taken in range(least, min(count, high // minutes) + 1):
            for shift in self._choices(low - taken * minutes, high - taken * minutes, number + 1):
                yield shift + taken * self.places[number]
