"""Finds names of given people in a text: in full, in either order, or one of them where it is written as a name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
PART = re.compile(r"[^\W\d_]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SENTENCE_ENDS = '.!?:;\n\u2022"\u201c'
LONGEST = 60
PARTICLES = _set("ap ab ferch al el bin ibn de da di dos la le van von der den the of and y o")
TITLES = _set("mr mrs ms miss master dr mx")

# Written small or at the start of a sentence, these are words.
WORDS = _set("""
    an angel april archer art ash august autumn bailey baker banks bay bell best bill bird bishop blue bond bright
    brook brooks brown buck burn bush butler carol carter case chance charity chase church clay cliff cole cook cooper
    court cross daisy dale dawn day dean do drew drill early ever faith field fisher ford forest fox frank french gay
    gene glen grace grant gray green grey guy hall harmony hazel heath heather hill holly honey hope hunter in ivy jack
    jade jay jewel joy judge july june justice key king knight lake lane law lily little long love mark marsh mason
    matt max may melody mercy miles mills moon moss my myrtle nick north norm noble olive page pat patience pearl penny
    pepper peace piper poppy potter power precious price pride prince rain ray read red reed rich rivers rob robin rock
    rose ruby rush sage sandy say sharp short skip sky smart so song star stone storm street strong sue summer sunny
    swift tanner taylor turner thorn trinity violet walker wall ward way weaver wells west will willow winter wise wood
    woods wren yes you young
""")
# These are written with a capital anywhere, whoever is meant.
PROPER = _set("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday easter christmas england wales scotland ireland london paris bradford preston
    lincoln chester kent devon york lancaster chelsea carlisle stafford warwick kingston reading bolton burnley oldham
    rochdale sutton barnet brent camden hackney kensington leeds derby bristol bath wells windsor milton cardiff swansea
    newport black white asian english welsh irish french polish german chinese jordan israel india china georgia
    virginia sydney victoria florence
""")


def plain(token: str) -> str:
    """Without case and accents, and with one kind of apostrophe."""
    if not token.isascii():
        whole = unicodedata.normalize("NFKD", token.replace("\u2019", "'"))
        token = "".join(character for character in whole if not unicodedata.combining(character))
    return token.casefold()


class Word(NamedTuple):
    """One word of a text. `first`: it starts a sentence."""

    text: str
    plain: str
    start: int
    end: int
    first: bool
    possessive: bool

    @property
    def capital(self) -> bool:
        """As names are written; an abbreviation of up to three letters is none."""
        return self.text[:1].isupper() and not (len(self.text) <= 3 and len(self.text) > 1 and self.text.isupper())


@dataclass(frozen=True)
class Names:
    """`pairs` are first and last names in both orders, `singles` each name on its own."""

    pairs: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    singles: frozenset[str] = field(default=frozenset(), repr=False)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        words = [] if self._parts.isdisjoint(PART.findall(plain(text))) else list(_words(text))
        done = 0
        for place, word in enumerate(words):
            if word.start >= done and (found := self._place(words, place)):
                yield word.start, (done := found.end)

    @cached_property
    def _parts(self) -> frozenset[str]:
        """A text without any of them holds no name, which is quickly seen."""
        return frozenset(part for single in self.singles for part in PART.findall(single))

    def _place(self, words: list[Word], place: int) -> Word | None:
        """The last word of the name that begins here, if one does."""
        word = words[place]
        if not (word.plain in self.singles or ("-" in word.plain and self._any_part(word))):
            return None
        for other in takewhile(lambda following: not following.first, words[place + 1 : place + 3]):
            if (word.plain, other.plain) in self.pairs and (word.capital or other.capital or _rare(word, other)):
                return other
        return word if word.capital and _is_name(words, place) else None

    def _any_part(self, word: Word) -> bool:
        return any(part in self.singles for part in word.plain.split("-"))


def _rare(*words: Word) -> bool:
    return all(word.plain not in WORDS and word.plain not in PROPER for word in words)


def _is_name(words: list[Word], place: int) -> bool:
    """Whether a word that could be another is used as a name."""
    word = words[place]
    before = words[place - 1] if place else None
    if word.possessive or (before and before.plain in TITLES):
        return True
    if word.plain in PROPER:
        return False
    if word.plain not in WORDS:
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    return not (word.first or _titled(before) or (after is not None and not after.first and after.capital))


def _titled(before: Word | None) -> bool:
    """Part of a phrase in capitals, such as Crown Court."""
    return before is not None and before.capital and not before.first


def _words(text: str) -> Iterator[Word]:
    end = 0
    for match in TOKEN.finditer(text):
        token = match.group()
        if len(token) <= LONGEST:
            between = text[end : match.start()][-4:]
            own = re.sub(r"['\u2019]s$", "", token)
            first = not end or any(mark in between for mark in '.!?:;\n•"“')
            yield Word(own, plain(own), match.start(), match.start() + len(own), first, own != token)
        end = match.end()


def names_of(people: Iterable[str]) -> Names:
    """Out of full names as lists have them: Siân ap Rhys, or Rhys, Siân."""
    pairs: set[tuple[str, str]] = set()
    singles: set[str] = set()
    for person in people:
        family, comma, given = person.partition(",")
        tokens = [plain(token) for token in TOKEN.findall(f"{given} {family}" if comma else person)]
        tokens = [token for token in tokens if token not in PARTICLES and len(token) > 1]
        singles.update(tokens)
        singles.update(part for token in tokens if "-" in token for part in token.split("-") if part not in PARTICLES)
        if len(tokens) > 1:
            pairs |= {(tokens[0], tokens[-1]), (tokens[-1], tokens[0])}
    return Names(frozenset(pairs), frozenset(singles))
