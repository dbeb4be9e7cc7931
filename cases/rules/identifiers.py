"""Finds in a text what could tell who it is about: numbers, addresses, dates of birth and names. Nothing is kept.

Every expression starts where the one before ended or at the start of a word, and repeats nothing without a limit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cases.rules.names import Names

LEAVE_OUT = "Leave it out."
SENTENCES = {
    "name": "This text seems to include a name. Use the case reference instead.",
    "postcode": "This text seems to include a postcode. Leave it out, or say the area in words.",
    "nhs": f"This text seems to include an NHS number. {LEAVE_OUT}",
    "ni": f"This text seems to include a National Insurance number. {LEAVE_OUT}",
    "pnc": f"This text seems to include a PNC number. {LEAVE_OUT}",
    "phone": f"This text seems to include a telephone number. {LEAVE_OUT}",
    "email": f"This text seems to include an email address. {LEAVE_OUT}",
    "birth": "This text seems to include a date of birth. Say the age instead.",
}
AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G"
    "|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW"
    "|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD"
    "|WF|WN|WR|WS|WV|YO|ZE"
)
MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
MONTHS = f"(?:{MONTHS}|nov(?:ember)?|dec(?:ember)?)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:\d{4}|\d{2})(?!\d)"
WRITTEN = rf"{DAY}[ -](?:of )?{MONTHS},?[ -]{YEAR}|{MONTHS} {DAY},? {YEAR}"
DATE = rf"(?:{WRITTEN}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}|\d{{4}}-\d\d-\d\d)"
BORN = r"(?:born|d\.?o\.?b\b\.?|date of birth|birth date|birthday)"
OUTWARD = rf"\b(?=[A-Z]{{1,2}}\d)(?:{AREAS})\d[A-Z\d]?"
POSTCODE = re.compile(rf"{OUTWARD} ?(?!(?-i:\d(?:st|nd|rd|th))\b)\d[ABD-HJLNP-UW-Z]{{2}}\b", re.I)
NHS = re.compile(r"(?<![\d/])\d{3}([ -]?)\d{3}\1\d{4}(?![\d/])")
NI = re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d\d ?){3}[A-D]\b", re.I)
PNC = re.compile(r"(?<![\d/])(?:19|20)?(\d\d)/(\d{1,7})([A-HJ-NP-RT-Z])\b", re.I)
PHONE = re.compile(
    r"(?<![\w+./-])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?(0))(\d{2,4})\)?[ -]?(\d{3,4})[ -]?(\d{3,4})(?![\d/])"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
BEFORE = rf"\b{BORN}\W{{0,3}}(?:(?:is|was|on|the)\W{{1,3}}){{0,3}}"
BIRTH = re.compile(rf"{BEFORE}{DATE}|{DATE}\W{{1,3}}(?:is |was )?(?:dob|date of birth)\b", re.I)
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"


@dataclass(frozen=True)
class Found:
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Warned:
    """What is said about a text, once for each kind of thing in it."""

    kind: str
    text: str


def warnings(text: str, names: Names) -> tuple[Warned, ...]:
    kinds = {found.kind for found in identifiers(text, names)}
    return tuple(Warned(kind, sentence) for kind, sentence in SENTENCES.items() if kind in kinds)


def identifiers(text: str, names: Names) -> Iterator[Found]:
    for kind, pattern, sound in PATTERNS if any(character.isdigit() for character in text) else ():
        yield from (Found(kind, *match.span()) for match in pattern.finditer(text) if sound(match))
    if "@" in text:
        yield from (Found("email", *match.span()) for match in EMAIL.finditer(text))
    yield from (Found("name", start, end) for start, end in names.places(text))


def is_nhs(match: re.Match[str]) -> bool:
    """The last digit checks the nine before it, modulo 11."""
    digits = [int(character) for character in match.group() if character.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == digits[9] and check != 10


def is_pnc(match: re.Match[str]) -> bool:
    """The letter checks the two digits of the year and the seven of the number, modulo 23."""
    year, number, letter = match.groups()
    return PNC_LETTERS[int(f"{year}{number:0>7}") % 23] == letter.upper()


def is_phone(match: re.Match[str]) -> bool:
    _, *groups = match.groups()
    return groups[0][0] in "1235789" and len("".join(groups)) in (9, 10)


def sound(_: re.Match[str]) -> bool:
    return True


PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    ("postcode", POSTCODE, sound),
    ("nhs", NHS, is_nhs),
    ("ni", NI, sound),
    ("pnc", PNC, is_pnc),
    ("phone", PHONE, is_phone),
    ("birth", BIRTH, sound),
)
