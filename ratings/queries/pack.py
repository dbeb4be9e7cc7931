"""The panel pack: everything that a meeting reads, on paper, and whether it is still what there is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404

from inspections.models import Inspection
from ratings.models import Pack
from ratings.queries.figures import Figures, figures_of
from ratings.queries.grid import Grid, grids
from ratings.queries.key_questions import KeyQuestionsPage, key_questions_page
from ratings.queries.meetings import Change, changed_since, decision_to_json
from ratings.queries.trace import na_words
from ratings.rules import node_to_json
from ratings.rules.evidence import evidence_to_json
from ratings.rules.record import digest


@dataclass(frozen=True)
class NotApplicable:
    """Cases to which a key question does not apply for one reason: they are in neither number."""

    question: str
    reason: str
    cases: tuple[str, ...]


@dataclass(frozen=True)
class PackPage:
    figures: Figures
    digest: str
    page: KeyQuestionsPage
    grids: tuple[Grid, ...]
    not_applicable: tuple[NotApplicable, ...]
    changes: list[Change]


@dataclass(frozen=True)
class PackRow:
    """`superseded`: there is something in it, or about it, that has changed since."""

    pack: Pack
    superseded: bool


def pack_page(figures: Figures) -> PackPage:
    return PackPage(
        figures=figures,
        digest=digest_of(figures),
        page=key_questions_page(figures),
        grids=grids(figures),
        not_applicable=tuple(not_applicable(figures)),
        changes=changed_since(figures.agenda.meeting) if figures.agenda else [],
    )


def digest_of(figures: Figures) -> str:
    taken = figures.agenda.meeting.decisions.all() if figures.agenda else ()
    decisions = [decision_to_json(decision) for decision in taken]
    content = {"evidence": evidence_to_json(figures.evidence), "trace": node_to_json(figures.trace)}
    return digest({**content, "meeting": bool(figures.agenda), "decisions": decisions})


def not_applicable(figures: Figures) -> Iterator[NotApplicable]:
    found: dict[tuple[str, str], list[str]] = {}
    for answer in figures.evidence.answers:
        if answer.value == "na":
            found.setdefault((answer.question, na_words(figures, answer)), []).append(answer.case)
    for (question, reason), cases in found.items():
        yield NotApplicable(question, reason, tuple(cases))


def packs_of(inspection: Inspection) -> list[PackRow]:
    """The latest first, without their pages."""
    packs = list(Pack.objects.filter(inspection=inspection).select_related("built_by").defer("html"))
    figures = figures_of(inspection) if packs else None
    now = digest_of(figures) if figures else ""
    return [PackRow(pack, superseded(inspection, pack, now)) for pack in packs]


def superseded(inspection: Inspection, pack: Pack, now: str) -> bool:
    """An answer that changed after the stamp moves no figure, but the pack does not list it."""
    return pack.digest != now or pack.evidence_version != inspection.evidence_version


def pack_row(inspection: Inspection, number: int) -> PackRow:
    """Http404 where there is no such pack."""
    pack = Pack.objects.filter(inspection=inspection, number=number).select_related("built_by").first()
    if pack is None:
        raise Http404
    figures = figures_of(inspection)
    return PackRow(pack, superseded(inspection, pack, digest_of(figures) if figures else ""))
