"""Made-up evidence, with and without what could tell who it is about. Written apart from what looks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FIRST = """Jordan Siân Rhys Aaliyah Mohammed Chloe Tomos Grace Mark May Will Keira Ahmed Zoë Anne-Marie Declan Ffion
Tyrese Priya Callum Leila Oisín Megan Kwame Hope Paris Ellis Seren Jayden Niamh""".split()  # noqa: SIM905
LAST = """Okafor ap-Rhys Jones Lewis-Hughes Young O'Brien Begum Hussain Turner Evans Kowalski Llywelyn Fernández Green
March Adeyemi Pritchard Shah Whitfield McKenna Church Nowak Bowen Banerjee Reading King Oyelaran Griffiths""".split()  # noqa: SIM905
CLEAN = [
    "The case manager visited weekly from 3 May 2027 and wrote up every contact within two days.",
    "Will the plan hold when the placement ends? Nobody had asked.",
    "In March the Youth Justice Board's guidance changed, and the assessment was not looked at again.",
    "Mark the difference: 7 out of 10 sessions took place, against 12 planned.",
    "The child was 14 when the Crown Court made the order on 12/03/2027.",
    "Grace periods were used fairly, and hope was held out for a place at college.",
    "Young people in the area said that Reading town centre felt unsafe after 9pm.",
    "She rang the duty line four times; the reference 20270112345 is in the record.",
    "May was a hard month: three moves, and no school until June.",
    "The file holds 1234567890 as its case number and section 47 as its ground.",
    "Black and mixed heritage children wait longer, and the service knows it.",
    "The King's Trust offered a place. English and Welsh were both spoken at home.",
    "See C-07 and V-02, question 2.1.1a, for the same pattern in A1 and B2.",
    "Church groups and the Green Lane club were named as places of safety.",
    "Contact ended in week 12 of 26, on the 2nd of August, at 16:30.",
    "The plan says who does what by when, and the child signed it.",
    "Harm outside the home was understood: weapons, peers and places.",
    "ED attended on 01-02-2027 09:30; the paediatric letter is missing.",
]
ABOUT = [
    "{} was seen at home.",
    "The record gives {} as it stands.",
    "It says: {}.",
    "A note names {} twice, in March.",
]
AREAS = ["SW1A", "M1", "CF10", "LL57", "B33", "EC1A", "RG1", "NE8", "L8", "BT7"]
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
MONTHS = ["January", "March", "May", "August", "October", "Dec"]


@dataclass(frozen=True)
class Narrative:
    text: str
    kind: str


def people(chance: Random, count: int = 60) -> list[str]:
    return [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(count)]


def clean(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield " ".join(chance.sample(CLEAN, chance.randint(3, 6)))


def seeded(chance: Random, kind: str, listed: list[str], count: int) -> Iterator[Narrative]:
    for _ in range(count):
        sentences = chance.sample(CLEAN, 3)
        sentences.insert(chance.randint(0, 3), chance.choice(ABOUT).format(MADE[kind](chance, listed)))
        yield Narrative(" ".join(sentences), kind)


def postcode(chance: Random, listed: list[str]) -> str:
    inward = f"{chance.randint(0, 9)}{''.join(chance.choices('ABDEFGHJLNPQRSTUWXYZ', k=2))}"
    written = f"{chance.choice(AREAS)}{chance.choice([' ', ' ', ''])}{inward}"
    return chance.choice([written, written, written.lower()])


def nhs(chance: Random, listed: list[str]) -> str:
    while True:
        digits = [chance.randint(0, 9) for _ in range(9)]
        check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11
        if check != 10:
            number = "".join(map(str, [*digits, 0 if check == 11 else check]))
            parted = f"{number[:3]} {number[3:6]} {number[6:]}"
            return chance.choice([number, parted, parted, parted.replace(" ", "-")])


def ni(chance: Random, listed: list[str]) -> str:
    digits = f"{chance.randint(0, 999999):06}"
    letters = chance.choice(["AB", "JK", "CE", "PW", "SX"])
    number = f"{letters} {digits[:2]} {digits[2:4]} {digits[4:]} {chance.choice('ABCD')}"
    return chance.choice([number, number.replace(" ", ""), number.lower()])


def pnc(chance: Random, listed: list[str]) -> str:
    year, number = chance.randint(2015, 2026), chance.randint(1, 9_999_999)
    letter = PNC_LETTERS[int(f"{year % 100:02}{number:07}") % 23]
    return chance.choice([f"{year}/{number:07}{letter}", f"{year % 100:02}/{number}{letter}"])


def phone(chance: Random, listed: list[str]) -> str:
    six, four = f"{chance.randint(0, 999999):06}", f"{chance.randint(0, 9999):04}"
    return chance.choice(
        [
            f"07700 {six}",
            f"07700{six}",
            f"+44 7700 {six}",
            f"+447700{six}",
            f"07700 {six[:3]} {six[3:]}",
            f"020 7946 {four}",
            f"(0113) 496 {four}",
            f"0113 496 {four}",
            f"01632 {six}",
            f"+44 (0)161 496 {four}",
        ]
    )


def email(chance: Random, listed: list[str]) -> str:
    place = chance.choice(["example.org", "youth.example.gov.uk", "mail.example"])
    return f"{chance.choice(['kid', 'a.b', 'first.last+school', 'x_1'])}{chance.randint(1, 99)}@{place}"


def birth(chance: Random, listed: list[str]) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2008, 2016)
    word = chance.choice(MONTHS)
    date = chance.choice(
        [
            f"{day:02}/{month:02}/{year}",
            f"{day}.{month}.{year % 100:02}",
            f"{year}-{month:02}-{day:02}",
            f"{day} {word} {year}",
            f"{day}th {word} {year}",
            f"{word} {day}, {year}",
        ]
    )
    return chance.choice(["born on {}", "born {}", "dob {}", "DOB: {}", "D.O.B. {}", "date of birth is {}"]).format(
        date
    )


def name(chance: Random, listed: list[str]) -> str:
    whole = chance.choice(listed)
    first, last = whole.split(" ")
    short = [first, last, f"{first}'s", f"{last}\u2019s", f"{first[0]}. {last}", f"{first}\u2019s mother", f"Mr {last}"]
    return chance.choice([whole, whole, f"{last}, {first}", whole.upper(), whole.lower(), *short])


MADE = {
    "postcode": postcode,
    "nhs": nhs,
    "ni": ni,
    "pnc": pnc,
    "phone": phone,
    "email": email,
    "birth": birth,
    "name": name,
}
