"""The page of one inspection's ratings, and the counting of its answers."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from accounts import clock
from accounts.models import User
from benchmarks.browser import Browser
from benchmarks.checks import expect, require
from benchmarks.floors import rows_of
from benchmarks.timing import Subject
from inspections.models import Inspection, Stage
from ratings.actions.meetings import start
from ratings.actions.snapshots import compute
from ratings.queries.evidence import counting, tallied

KEY_QUESTIONS = 7  # six about children's cases, one about victims'


@dataclass
class Ratings:
    inspection: Inspection
    panel: Inspection
    lead: Browser
    outsider: Browser

    @property
    def path(self) -> str:
        return reverse("ratings:key-questions", args=[self.inspection.ref])

    @property
    def meeting(self) -> str:
        return reverse("ratings:meeting", args=[self.panel.ref])

    def subjects(self) -> list[Subject]:
        return [
            Subject("Ratings of one inspection, page", partial(expect, self.lead.get, self.path), "FA", bar=1.5),
            Subject("Rating meeting, 91 + 24 cases", partial(expect, self.lead.get, self.meeting), "FA", bar=3),
            Subject("Counting one inspection's answers", self.count, "FG"),
        ]

    def count(self) -> dict[str, dict[str, object]]:
        return tallied(counting(self.inspection.pk))

    def check(self) -> None:
        """Counted by hand from the rows, the tallies are the same, and they stand on the page; not for an outsider."""
        counted: Counter[tuple[str, str]] = Counter()
        for inspection, question, value, answers in rows_of():
            if inspection == self.inspection.pk:
                counted[question, value] = answers
        found = {code: (row["sufficient"], row["assessed"]) for code, row in self.count().items()}
        wanted = {code: (counted[code, "yes"], counted[code, "yes"] + counted[code, "no"]) for code in found}
        require(found == wanted, "the tallies are the sums of the answers")
        require(len(found) == KEY_QUESTIONS, "every key question has a tally")
        compute(inspection_id=self.inspection.pk)
        text = self.lead.get(self.path).text
        missing = [code for code, (yes, all_) in wanted.items() if f"{yes} of {all_}" not in text]
        require(missing == [], "every tally stands on the page")
        require("answers about 115 cases" in self.lead.get(self.meeting).text, "the meeting counts its cases")
        require(self.outsider.get(self.path).status == 404, "an outsider finds no ratings")


def start_meeting(inspection: Inspection, by: User) -> None:
    """Every case has been sent, and fieldwork is closed."""
    inspection.cases.update(sent_at=clock.now(), sent_by=by)
    inspection.stage = Stage.RATING
    inspection.save(update_fields=["stage"])
    start(inspection=inspection, by=by)
