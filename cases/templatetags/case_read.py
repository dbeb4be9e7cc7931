"""The facts of a case, and its questions, drawn fast: templates/cases/_answer_asked.html says what they look like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Any

from django import template
from django.template import Engine
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cases.models import Case, Kind
from cases.rules.answers import Content, Question
from cases.rules.reading import Block, GroupPage
from cases.views.spliced import Spliced, token

register = template.Library()
FACTS = Spliced("cases/_facts_shown.html")
ASKED = Spliced("cases/_answer_asked.html")
GROUP = Spliced("cases/_group_asked.html")
IN_WORDS = Spliced("cases/_answer_in_words.html")

# To show something more in the template: if it only stands there, name it as a text; if the template asks what it is,
# it belongs to the shape, as every other field of a block does; if it is rare and has a mark-up of its own, name it
# as plain. tests/cases/test_templatetags.py tells when the choice was wrong.
TEXTS_OF_THE_CONTENT = ("evidence", "despite_reason", "change_reason")
TEXTS_OF_THE_BLOCK = ("version", "save_id")
TEXTS_OF_THE_PAGE = ("save_url", "history_url", "notes_url", "evidence_url")
SHAPE_OF_THE_PAGE = ("reasons", "reopened")
PLAIN = ("theirs", "their_words", "mine_marked", "theirs_marked", "error", "marks")

YES_OR_NO = {True: "Yes", False: "No", None: ""}


@dataclass(frozen=True)
class Tally:
    """As much of a group as the template shows; of its prompts, their questions."""

    yes: object
    against: object
    prompts: tuple["Asked", ...]


@dataclass(frozen=True)
class Asked:
    question: Question


def others(model: type, *but: str) -> Callable[[object], object]:
    return attrgetter(*(field.name for field in fields(model) if field.name not in but))


content_texts, block_texts = attrgetter(*TEXTS_OF_THE_CONTENT), attrgetter(*TEXTS_OF_THE_BLOCK)
plain_parts = attrgetter(*PLAIN)
content_shape = others(Content, *TEXTS_OF_THE_CONTENT)
block_shape = others(Block, *TEXTS_OF_THE_BLOCK, *PLAIN, "content")
TEXTS = (*TEXTS_OF_THE_CONTENT, *TEXTS_OF_THE_BLOCK)


@register.simple_tag(takes_context=True)
def group_asked(context: template.Context, group: GroupPage, first: bool) -> SafeString:
    asked, following = answers_asked(context, group), group.next
    shape = {"first": first, "group.next.field": following.field if following else ""}
    texts = {"group.label": group.label, "group.next.code": following.code if following else "", "asked": asked}

    def plainly() -> SafeString:
        with context.push(group=group, first=first, asked=asked):
            return Engine.get_default().get_template(GROUP.template).render(context)

    html = GROUP.render(tuple(shape.values()), texts, lambda given: shape | given, plainly)
    return mark_safe(html)  # noqa: S308  what it puts in is escaped


def answers_asked(context: template.Context, group: GroupPage) -> SafeString:
    """The prompts, and then the key question."""
    around = {name: context[name] for name in SHAPE_OF_THE_PAGE}
    prompts = tuple([Asked(prompt.question) for prompt in group.prompts])
    shared = {"yes": str(group.yes), "against": escape(group.against)}
    shared |= {name: escape(context[name]) for name in TEXTS_OF_THE_PAGE}
    shape = token((*around.values(), prompts, *map(bool, shared.values())))

    def asked(block: Block) -> str:
        if any(plain_parts(block)):
            return plainly(context, block, group)
        texts = dict(zip(TEXTS, (*content_texts(block.content), *block_texts(block)), strict=True))
        of_block = (shape, content_shape(block.content), block_shape(block))
        return drawn(block).render(
            of_block,
            texts,
            lambda given: around | stand_ins(block, prompts, given),
            lambda: plainly(context, block, group),
            shared,
        )

    return mark_safe("".join([asked(block) for block in group.blocks]))  # noqa: S308  what they put in is escaped


def drawn(block: Block) -> Spliced:
    return ASKED if block.question.options else IN_WORDS


def stand_ins(block: Block, prompts: tuple[Asked, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The context of the template, with what it is given instead of the texts."""
    content = replace(block.content, **{name: given[name] for name in TEXTS_OF_THE_CONTENT})
    return {
        "block": replace(block, content=content, **{name: given[name] for name in TEXTS_OF_THE_BLOCK}),
        "group": Tally(given["yes"], given["against"], prompts),
        **{name: given[name] for name in TEXTS_OF_THE_PAGE},
    }


def plainly(context: template.Context, block: Block, group: GroupPage) -> SafeString:
    with context.push(block=block, group=group):
        return Engine.get_default().get_template(drawn(block).template).render(context)


@register.simple_tag
def case_facts(case: Case, age: int | None, named: bool, worker: bool = True) -> SafeString:
    """What the service's list says about it; on paper that travels without its `worker`."""
    known = [(key, value) for key, value in facts(case, age, named) if worker or value != case.row.worker]
    keys, texts = [key for key, _ in known], {f"value{number}": value for number, (_, value) in enumerate(known)}

    def context(given: Mapping[str, object]) -> dict[str, Any]:
        return {"known": list(zip(keys, given.values(), strict=True))}

    def plainly() -> SafeString:
        return Engine.get_default().get_template(FACTS.template).render(template.Context(context(texts)))

    return mark_safe(FACTS.render(tuple(keys), texts, context, plainly))  # noqa: S308  what it puts in is escaped


def facts(case: Case, age: int | None, named: bool) -> list[tuple[str, object]]:
    row, child = case.row, case.kind == Kind.CHILD
    known = [
        ("Name", row.name if named else ""),
        ("Service\N{RIGHT SINGLE QUOTATION MARK}s reference", row.local_reference if named else ""),
        ("Age", age),
        ("Sex", row.sex),
        ("Ethnicity", row.ethnicity),
        ("Type of work", row.get_work_type_display() if child else ""),
        ("Care experienced", YES_OR_NO[row.care_experienced] if child else ""),
        ("Welsh speaking", YES_OR_NO[row.welsh_speaking]),
        ("Team", row.team),
        ("Case manager" if child else "Victim worker", row.worker),
        ("Work started", day(row.started_on)),
        ("Work ended", day(row.ended_on)),
        ("Multi-agency discussion", "Chosen" if case.is_macd else ""),
        ("Interview group", case.interview_group or ""),
    ]
    return [(key, value) for key, value in known if value not in (None, "")]


def day(date: date | None) -> str:
    return f"{date.day} {date:%B %Y}" if date else ""
