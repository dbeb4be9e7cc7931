"""How readers answer their cases: in order, over the hours that they have, with a second thought now and then."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from uuid import UUID

from accounts.models import User
from cases.actions.answers import save_answer
from cases.actions.notes import save_note
from cases.actions.reading import send_case
from cases.models import Case, Source
from cases.queries.answers import form_of
from cases.rules.answers import Content, Question, Save
from cases.rules.checking import against_prompts
from cases.rules.notes import NoteContent, NoteSave
from config.demo.hours import Shift, it_is, spread
from config.demo.judgements import prompt_answer
from config.demo.words import DESPITE, evidence, note

SECOND_THOUGHTS = 0.04
NOTED = 0.08
REASON = {"na": "kind_of_work"}
OTHER = {"yes": "no", "no": "yes", "na": "yes"}


@dataclass(frozen=True)
class Act:
    """Something that a reader does about a case."""

    case: Case
    do: Callable[[], object]


def read(
    seed: str, cases: Sequence[Case], keys: dict[tuple[str, str], str], shifts: list[Shift], share: float = 1.0
) -> None:
    """Every reader works through that share of what there is to do in their cases, everybody at the same time."""
    acts: list[tuple[datetime, str, Act]] = []
    for reader in sorted({case.reader for case in cases if case.reader}, key=lambda person: person.email):
        todo = [act for case in cases if case.reader == reader for act in _acts(seed, reader, case, keys)]
        todo = list(islice(todo, round(len(todo) * share)))
        moments = spread(shifts, len(todo))
        acts += [(moment, reader.email, act) for moment, act in zip(moments, todo, strict=True)]
    for moment, _, act in sorted(acts, key=lambda planned: planned[:2]):
        it_is(moment)
        act.do()


def _acts(seed: str, reader: User, case: Case, keys: dict[tuple[str, str], str]) -> Iterator[Act]:
    for section in form_of(case).sections:
        for group in section.groups:
            if group.key is None:
                continue
            key = keys[case.ref, group.key.code]
            values = {each.code: prompt_answer(f"{seed} {case.ref} {each.code}", key) for each in group.prompts}
            for prompt in group.prompts:
                yield from _note(seed, reader, case, prompt, key)
                yield from _answer(seed, reader, case, prompt, values[prompt.code])
            against = against_prompts(group, values | {group.key.code: key})
            yield from _answer(seed, reader, case, group.key, key, DESPITE if against else "")
    yield Act(case, lambda: send_case(by=reader, case=case))


def _answer(seed: str, reader: User, case: Case, question: Question, value: str, despite: str = "") -> Iterator[Act]:
    """Once, or twice where the reader thinks again; every save has the id that a browser would have made."""
    place = f"{seed} {case.ref} {question.code}"
    chance = Random(place)  # noqa: S311
    values = [OTHER[value], value] if chance.random() < SECOND_THOUGHTS else [value]
    for base, given in enumerate(values):
        save = Save(
            question=question.code,
            content=Content(
                given, REASON.get(given, ""), evidence(f"{place} {given}", given, needed=question.is_key), despite
            ),
            base_version=base,
            save_id=UUID(int=chance.getrandbits(128), version=4),
        )
        yield Act(case, partial(save_answer, by=reader, case=case, **vars(save)))


def _note(seed: str, reader: User, case: Case, question: Question, value: str) -> Iterator[Act]:
    """Now and then something is noted before it is judged; not every note is linked to a question."""
    place = f"{seed} {case.ref} {question.code} note"
    chance = Random(place)  # noqa: S311
    if chance.random() > NOTED:
        return
    seen_on = case.row.started_on + timedelta(days=chance.randrange(60)) if case.row.started_on else None
    questions = (question.code,) if chance.random() < 0.8 else ()
    save = NoteSave(
        note_id=UUID(int=chance.getrandbits(128), version=4),
        content=NoteContent(note(place, value), chance.choice(Source.values), seen_on, questions),
        base_version=0,
        save_id=UUID(int=chance.getrandbits(128), version=4),
    )
    yield Act(case, partial(save_note, by=reader, case=case, **vars(save)))
