"""Lists and checks the files of published standards. Needs no database, but for `--used`."""

import dataclasses
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from inspections.queries.standards import Used, used_standards
from standards.loader import Problem, StandardsError, available, load
from standards.schema import CaseSection, Condition, KeyQuestion, Prompt, Standard, Standards

Checked = Standards | tuple[Problem, ...]


class Command(BaseCommand):
    help = "Lists the standards that are there, or shows one, and names everything that is wrong with a file."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", nargs="?", metavar="KEY")
        parser.add_argument("--folder", type=Path, help="look here instead of standards/data")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--used", action="store_true", help="which inspection goes by which text of them")

    def handle(self, *args: object, **options: Any) -> None:
        if options["used"]:
            self.stdout.write("\n".join(map(_used_line, used_standards())))
            return
        keys = [options["key"]] if options["key"] else available(options["folder"])
        checked = {key: check(key, options["folder"]) for key in keys}
        problems = [problem for found in checked.values() if not isinstance(found, Standards) for problem in found]
        if options["json"]:
            self.stdout.write(_json(checked, options["key"]))
        else:
            self._write(checked, options["key"], problems)
        if problems:
            sys.exit(2)

    def _write(self, checked: dict[str, Checked], key: str | None, problems: list[Problem]) -> None:
        if not (key and problems):
            self.stdout.write(_text(checked, key))
        if problems:
            self.stderr.write("\n".join(map(str, problems)))


def _used_line(used: Used) -> str:
    return f"{used.key} sha256 {used.content_hash}: {', '.join(used.refs)}\n    {used.state}"


def check(key: str, folder: Path | None) -> Checked:
    try:
        return load(key, folder)
    except StandardsError as error:
        return error.problems


def _json(checked: dict[str, Checked], key: str | None) -> str:
    if key:
        found = checked[key]
        whole = dataclasses.asdict(found) if isinstance(found, Standards) else {}
        return json.dumps(_summary(key, found) | whole, indent=2, ensure_ascii=False, default=str)
    return json.dumps([_summary(*item) for item in checked.items()], indent=2, ensure_ascii=False)


def _summary(key: str, found: Checked) -> dict[str, Any]:
    if not isinstance(found, Standards):
        return {"key": key, "problems": [dataclasses.asdict(problem) for problem in found]}
    return {
        "key": key,
        "title": found.title,
        "version": found.version,
        "published": found.published,
        "content_hash": found.content_hash,
        "counts": _counts(found),
        "problems": [],
    }


def _counts(standards: Standards) -> dict[str, int]:
    questions = [question for _, question in standards.key_questions()]
    return {
        "standards": len(standards.standards),
        "key_questions": len(questions),
        "prompts": sum(len(question.prompts) for question in questions),
        "themes": sum(len(standard.themes) for standard in standards.standards),
        "uncounted_questions": sum(len(section.prompts) for section in standards.case_sections),
    }


def _text(checked: dict[str, Checked], key: str | None) -> str:
    lines = [line for item in checked.items() for line in _summary_lines(*item)]
    found = checked.get(key) if key else None
    if isinstance(found, Standards):
        lines += [line for standard in found.standards for line in _standard_lines(standard)]
        lines += [line for section in found.case_sections for line in _section_lines(section)]
    return "\n".join(lines)


def _summary_lines(key: str, found: Checked) -> list[str]:
    if not isinstance(found, Standards):
        return [f"{key}: cannot be used, {len(found)} {'problem' if len(found) == 1 else 'problems'}"]
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in _counts(found).items())
    return [
        f"{key}: {found.title}, published {found.published}, version {found.version}",
        f"    {counts}",
        f"    Inspection types: {', '.join(found.inspection_types)}",
        f"    sha256 {found.content_hash}",
    ]


def _standard_lines(standard: Standard) -> list[str]:
    themes = [f"    {theme.code} {theme.text}{_mark(theme.illustrative)}" for theme in standard.themes]
    questions = [line for question in standard.key_questions for line in _question_lines(question)]
    rated = f"{standard.rated_from}, modular" if standard.modular else standard.rated_from
    return ["", f"{standard.code} {standard.title} ({rated}){_condition(standard.only_if)}", *themes, *questions]


def _question_lines(question: KeyQuestion) -> list[str]:
    prompts = [f"    {_prompt_line(prompt)}" for prompt in question.prompts]
    return [f"    {question.code} {question.text}{_mark(question.illustrative)}", *prompts]


def _section_lines(section: CaseSection) -> list[str]:
    kind = f"{section.case_kind}, {'with answers' if section.answer_options else 'words only'}"
    return ["", f"{section.code} {section.title} (not counted, {kind})", *map(_prompt_line, section.prompts)]


def _prompt_line(prompt: Prompt) -> str:
    return f"    {prompt.code} {prompt.text}{_condition(prompt.only_if)}{_mark(prompt.illustrative)}"


def _condition(only_if: Condition | None) -> str:
    return f" [only if {only_if.words}]" if only_if else ""


def _mark(illustrative: bool) -> str:
    return " [illustrative]" if illustrative else ""
