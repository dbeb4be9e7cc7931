"""What a change of one date of the timeline brings with it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from inspections.rules.timeline import (
    counted_from,
    date_words,
    is_working_day,
    on_a_working_day,
    working_day_after,
    working_days_between,
)
from standards.schema import Standards, When

PUBLICATION = "publication"
FIXED = ("announcement", "fieldwork_start", "fieldwork_end", "macd_reviews_due")
"""These hang on the week in which fieldwork takes place, and move only with it."""


@dataclass(frozen=True)
class StepDate:
    """A step of an inspection as it stands."""

    code: str
    title: str
    anticipated: date
    happened: bool


@dataclass(frozen=True)
class Timeline:
    """The steps of one inspection in their order, and what their dates are counted with."""

    standards: Standards
    inspection_type: str
    nation: str
    holidays: Set[date]
    steps: Sequence[StepDate]

    def step(self, code: str) -> StepDate:
        return next(step for step in self.steps if step.code == code)


@dataclass(frozen=True)
class Moved:
    """`by_rule`: counted anew from the step that it hangs on; else later by as many working days as the change is."""

    code: str
    title: str
    now: date
    then: date
    by_rule: bool

    @property
    def is_kept(self) -> bool:
        return self.now == self.then


@dataclass
class _Change:
    timeline: Timeline
    changed: StepDate
    day: date
    kept: Set[str]
    dates: dict[str, date] = field(default_factory=dict)

    def date_of(self, code: str) -> date:
        if code not in self.dates:
            self.dates[code] = self._date_of(self.timeline.step(code))
        return self.dates[code]

    def _date_of(self, step: StepDate) -> date:
        if step.code == self.changed.code:
            return self.day
        if step.happened or step.code in self.kept or step.code in FIXED:
            return step.anticipated
        if self.hangs_on_a_moved_one(step.code):
            when = self.when(step.code)
            counted = counted_from(when, self.date_of(when.anchor), self.timeline.holidays)
            return on_a_working_day(counted, self.timeline.standards.step(step.code).moves, self.timeline.holidays)
        if self.follows(step.code) or step.anticipated <= self.changed.anticipated:
            return step.anticipated
        days = working_days_between(self.changed.anticipated, self.day, self.timeline.holidays)
        return working_day_after(step.anticipated, days, self.timeline.holidays)

    def when(self, code: str) -> When:
        return self.timeline.standards.step(code).placed(self.timeline.inspection_type, self.timeline.nation)

    def follows(self, code: str) -> bool:
        """Whether it hangs on a step that can move, and so goes where that goes and nowhere else."""
        anchor = self.when(code).anchor
        return anchor not in FIXED and any(step.code == anchor for step in self.timeline.steps)

    def hangs_on_a_moved_one(self, code: str) -> bool:
        anchor = self.when(code).anchor
        return self.follows(code) and self.date_of(anchor) != self.timeline.step(anchor).anticipated


def may_be_changed(step: str, *, happened: bool) -> bool:
    return not happened and step not in FIXED


def day_problem(step: StepDate, day: date, today: date, holidays: Set[date]) -> str | None:
    if day == step.anticipated:
        return f"{step.title} is on {date_words(day)} already. Enter another day"
    if day < today:
        return f"{date_words(day)} is in the past. Enter a day from today on"
    if day in holidays:
        return f"{day:%A} {day.day} {day:%B} is a bank holiday. Choose a working day"
    if not is_working_day(day, holidays):
        return f"{date_words(day)} is at a weekend. Choose a working day"
    return None


def order_problem(timeline: Timeline, changed: str, day: date, moved: Sequence[Moved]) -> str | None:
    """What the dates would contradict once these are moved: the order of the steps, or time that a rule gives."""
    then = {step.code: step.anticipated for step in timeline.steps} | {one.code: one.then for one in moved}
    then[changed] = day
    for step in timeline.steps:
        rule = timeline.standards.step(step.code)
        when = rule.placed(timeline.inspection_type, timeline.nation)
        if rule.after and then[step.code] <= then[rule.after]:
            return _too_early(timeline, step, rule.after, then)
        if when.working_days and _is_touched(step.code, when.anchor, changed, moved):
            between = working_days_between(then[when.anchor], then[step.code], timeline.holidays)
            if abs(between) < abs(when.working_days) or between * when.working_days < 0:
                anchor = timeline.step(when.anchor)
                return (
                    f"{step.title} would be on {date_words(then[step.code])} and {_low(anchor.title)} on "
                    f"{date_words(then[when.anchor])}. The rule: {_low(when.rule)}. "
                    "Let both move, or choose another day"
                )
    if {"factual_accuracy_due", PUBLICATION} <= set(then) and then[PUBLICATION] <= then["factual_accuracy_due"]:
        return _too_early(timeline, timeline.step(PUBLICATION), "factual_accuracy_due", then)
    return None


def _is_touched(step: str, anchor: str, changed: str, moved: Sequence[Moved]) -> bool:
    return bool({step, anchor} & {changed, *(one.code for one in moved)})


def _too_early(timeline: Timeline, step: StepDate, after: str, then: dict[str, date]) -> str:
    earlier = timeline.step(after)
    return (
        f"{step.title} would be on {date_words(then[step.code])}, but has to come after {_low(earlier.title)} "
        f"on {date_words(then[after])}"
    )


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def knock_on(timeline: Timeline, changed: str, day: date, kept: Set[str] = frozenset()) -> list[Moved]:
    """The other steps that have not happened and would be on another day, with those in `kept`, which stay."""
    change = _Change(timeline, timeline.step(changed), day, kept)
    unheld = _Change(timeline, timeline.step(changed), day, frozenset())
    return [
        Moved(
            step.code, step.title, step.anticipated, change.date_of(step.code), change.hangs_on_a_moved_one(step.code)
        )
        for step in timeline.steps
        if step.code != changed and unheld.date_of(step.code) != step.anticipated
    ]
