"""Lists when there is little on them and when there is much: the same number of queries, and how the time grows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.browser import Browser
from benchmarks.checks import expect, require
from benchmarks.timing import Subject
from cases.models import Kind
from inspections.models import Inspection

CHILDS_CASE = re.compile(r'href="[^"]*/cases/(C-\d+)/"')
IN_ALL = re.compile(r"(\d+) inspections?</caption>")


@dataclass
class Lists:
    """`reader` is on the team of every inspection, `newcomer` on that of a few."""

    few_cases: Inspection
    many_cases: Inspection
    browsers: Mapping[str, Browser]

    def subjects(self) -> list[Subject]:
        few, many = (
            inspection.cases.filter(kind=Kind.CHILD).count() for inspection in (self.few_cases, self.many_cases)
        )
        return [
            Subject(f"Sample list, {few} children's cases", self.sample(self.few_cases), "FA"),
            Subject(f"Sample list, {many} children's cases", self.sample(self.many_cases), "FA", every=5),
            Subject(f"Inspections list, {self.memberships('newcomer'):,} of one's own", self.list("newcomer"), "FA"),
            Subject(f"Inspections list, {self.memberships('reader'):,} of one's own", self.list("reader"), "FA"),
        ]

    def sample(self, inspection: Inspection) -> Callable[[], object]:
        return partial(expect, self.browsers["lead"].get, reverse("cases:sample", args=[inspection.ref]))

    def list(self, name: str) -> Callable[[], object]:
        return partial(expect, self.browsers[name].get, reverse("inspections:list"))

    def memberships(self, name: str) -> int:
        return Inspection.objects.filter(memberships__person__email__startswith=f"{name}@").count()

    def check(self) -> None:
        """Everything is listed, with as many queries for much as for little; for an outsider there is nothing."""
        for inspection in (self.few_cases, self.many_cases):
            wanted = inspection.cases.filter(kind=Kind.CHILD).count()
            listed = set(CHILDS_CASE.findall(self.sample(inspection)().text))
            require(len(listed) == wanted, f"the sample list of {inspection.ref} has all {wanted} cases")
        for name in ("newcomer", "reader"):
            total = IN_ALL.search(self.list(name)().text)
            require(total is not None and int(total[1]) == self.memberships(name), f"the list of {name} is whole")
        require(queries(self.sample(self.few_cases)) == queries(self.sample(self.many_cases)), "no query for each case")
        require(queries(self.list("newcomer")) == queries(self.list("reader")), "no query for each inspection")
        path = reverse("cases:sample", args=[self.few_cases.ref])
        require(self.browsers["outsider"].get(path).status == 404, "an outsider finds no sample")


def queries(call: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
