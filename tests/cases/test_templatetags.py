"""The questions of a case read as they are drawn fast, against the template that says what they look like."""

import logging
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import get_type_hints
from uuid import UUID

import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Case, Kind
from cases.rules.answers import Content, Kept, case_form
from cases.rules.reading import Block, GroupPage
from cases.templatetags.case_read import ASKED, FACTS, facts
from standards import loader
from tests.factories import inspection_with_team, sampled_cases

FORM = case_form(loader.load("yj-2024"), "child")
GROUP = FORM.sections[0].groups[0]
PLAIN = """\
{% for block in group.prompts %}{% include "cases/_answer_asked.html" %}{% endfor %}\
{% if group.key %}{% include "cases/_answer_asked.html" with block=group.key %}{% endif %}"""
AROUND = {
    "reasons": FORM.reasons,
    "reopened": True,
    "save_url": "/save/?a=1&b=<2>",
    "history_url": "/history/",
    "notes_url": "/notes/",
    "evidence_url": "/evidence/",
}
AGAINST = "You answered No, but 6 of 7 prompts are Yes. Say why"
HOSTILE = [
    "</textarea><script>alert(1)</script>",
    "\"quoted\" 'twice' & again",
    "\nA line end before it",
    "  \t\n",
    "%(version)s %s %% {{ block.version }} {% now 'Y' %}",
    "\u202eright to left\u200f \u2066mixed\u2069",
    "Llanfair\u2011yng\u2011Nh\u0175\u0302r \U0001f642",
    "0",
]
WORDS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
CONTENT = {
    "value": st.sampled_from(["", *(option.code for option in FORM.options)]),
    "na_reason": st.sampled_from(["", *(reason.code for reason in FORM.reasons), "<none of them>"]),
}
GIVEN = {"version": st.integers(0, 10**6), "save_id": st.uuids()}


def every(model, **known):
    """An example of it with all of its fields, also of those that nobody thought of here."""
    hints = get_type_hints(model)
    names = [field.name for field in fields(model)]
    return st.builds(model, **{name: known[name] if name in known else any_of(hints[name]) for name in names})


def any_of(hint):
    return WORDS if hint is str else st.from_type(hint)


CONTENTS = every(Content, **CONTENT)
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
THEIRS = st.none() | every(Kept, content=CONTENTS, version=GIVEN["version"], at=MOMENTS)
ORDINARY = {"theirs": st.none(), "error": st.just("")}


def blocks(**known):
    return st.sampled_from([*GROUP.prompts, GROUP.key]).flatmap(
        lambda question: every(Block, question=st.just(question), content=CONTENTS, **GIVEN, **known)
    )


def groups(**known):
    prompts = st.lists(blocks(**known), max_size=3).map(tuple)
    return st.builds(GroupPage, prompts, blocks(**known), st.sampled_from(["", AGAINST]))


def plain(group: GroupPage) -> str:
    return rendered(PLAIN, group=group)


def fast(group: GroupPage) -> str:
    """The questions, from among what stands around them."""
    group_html = rendered("{% load case_read %}{% group_asked group True %}", group=group)
    before, after = rendered('{% include "cases/_group_asked.html" %}', group=group, first=True, asked="@").split("@")
    assert (group_html[: len(before)], group_html[-len(after) :]) == (before, after)
    return group_html[len(before) : -len(after)]


def rendered(source: str, **context: object) -> str:
    return Engine.get_default().from_string(source).render(Context(AROUND | context))


def block(question, content=None, **more) -> Block:
    return Block(question, content or Content(), "", 0, UUID(int=1), **more)


@settings(max_examples=150, deadline=None)
@given(group=groups(**ORDINARY))
def test_questions_are_drawn_as_the_template_draws_them(group):
    assert fast(group) == plain(group)


@settings(max_examples=60, deadline=None)
@given(group=groups(theirs=THEIRS, error=st.just("") | WORDS))
def test_conflicts_and_errors_are_drawn_as_the_template_draws_them(group):
    assert fast(group) == plain(group)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_drawn_as_the_template_draws_them_new_and_known(text):
    content = Content("na", text, text, text, text)
    group = GroupPage((block(GROUP.prompts[0], content),), block(GROUP.key, content), text)
    assert [fast(group), fast(group)] == [plain(group)] * 2


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("value", ["", "yes"])
@pytest.mark.parametrize("with_key", [True, False])
def test_what_stands_around_the_questions_is_drawn_as_the_template_draws_it(first, value, with_key):
    answered = block(GROUP.prompts[0], Content(value))
    group = GroupPage((answered,), block(GROUP.key, Content("no")) if with_key else None, "")
    around = {"group": group, "first": first}
    source = "{% load case_read %}{% group_asked group first %}"
    template = '{% include "cases/_group_asked.html" %}'
    for _ in range(2):
        assert rendered(source, **around) == rendered(template, **around, asked=SafeString(plain(group)))


def test_the_template_asks_for_nothing_that_it_is_not_given(caplog):
    """What it asks for has to be named in cases/templatetags/case_read.py, as a text or as a part of the shape."""
    ASKED.patterns.clear()
    for text in ("", "Seen."):
        for value in ("", "yes", "no", "na"):
            content = Content(value, "other" if value == "na" else "", *[text] * (len(fields(Content)) - 2))
            prompts = tuple(block(question, content) for question in GROUP.prompts)
            fast(GroupPage(prompts, block(GROUP.key, content), text))
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


@settings(max_examples=40, deadline=None)
@given(one=blocks(**ORDINARY), other=CONTENTS, version=st.integers(1), save_id=st.uuids())
def test_other_words_need_no_other_pattern_and_stay_in_none(one, other, version, save_id):
    """Whatever differs from one case to the next and is kept as part of a shape would fill the memory."""
    texts = {name: text and f"{text}." for name, text in vars(one.content).items() if name not in CONTENT}
    words = [text for text in texts.values() if len(text) > 5]
    first = replace(one, version=1)
    second = replace(one, content=replace(one.content, **texts), version=version, save_id=save_id)
    fast(GroupPage((), first, ""))
    known = dict(ASKED.patterns)
    fast(GroupPage((), second, ""))
    assert known == ASKED.patterns
    assert [word for word in words for key in known if word in repr(key)] == []


# --- facts ----------------------------------------------------------------------------------------------------


@pytest.fixture
def cases(people) -> dict[str, Case]:
    inspection = inspection_with_team(people)
    return {kind: sampled_cases(inspection, kind, count=1)[0] for kind in Kind}


def test_facts_of_a_child_are_what_the_list_says(cases):
    case = cases["child"]
    case.is_macd, case.row.care_experienced, case.row.ended_on = True, False, date(2027, 3, 1)
    assert facts(case, 16, True) == [
        ("Name", "Demo Child 2"),
        ("Service\N{RIGHT SINGLE QUOTATION MARK}s reference", "L0002"),
        ("Age", 16),
        ("Sex", "Male"),
        ("Ethnicity", "Mixed"),
        ("Type of work", "Court"),
        ("Care experienced", "No"),
        ("Team", "North"),
        ("Case manager", "Worker 2"),
        ("Work started", "1 September 2026"),
        ("Work ended", "1 March 2027"),
        ("Multi-agency discussion", "Chosen"),
    ]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("age", [0, 16, None])
@pytest.mark.parametrize("text", ["", *HOSTILE])
def test_facts_are_drawn_as_the_template_draws_them_and_none_is_kept(cases, kind, age, text):
    case = cases[kind]
    case.row.name = case.row.team = text
    shown = rendered('{% include "cases/_facts_shown.html" %}', known=facts(case, age, True))
    FACTS.patterns.clear()
    for _ in range(2):
        assert (
            rendered('{% include "cases/_case_facts.html" %}', case=case, age=age, named=True).strip() == shown.strip()
        )
    assert len(FACTS.patterns) == 1
    assert [key for key in FACTS.patterns if len(text) > 5 and text in repr(key)] == []


def test_facts_of_a_victim_name_the_victim_worker_and_nothing_that_is_not_known(cases):
    case = cases["victim"]
    case.interview_group, case.row.sex, case.row.welsh_speaking = 2, "", True
    found = facts(case, None, False)
    assert [key for key, _ in found] == [
        "Ethnicity",
        "Welsh speaking",
        "Team",
        "Victim worker",
        "Work started",
        "Interview group",
    ]
