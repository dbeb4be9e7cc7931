"""Reviews as Word documents: ours, filled in, and changed part by part as an office program or an attacker would."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from cases.rules.review_documents import review_document
from cases.rules.reviews import Given, GivenSection, Of

OF = Of("YI-27-001", 1, "C-02")
DOCUMENT, TYPES, MAIN_LINKS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
FIRST, SECOND, THIRD = "agencies-1", "agencies-2", "planning-1"
QUESTIONS = {FIRST: "Which agencies?", SECOND: "What has each done & how often?", THIRD: "Who agreed what?"}


def sections(answers: Mapping[str, str]) -> list[GivenSection]:
    each = [Given(code, text, answers.get(code, "")) for code, text in QUESTIONS.items()]
    return [
        GivenSection("agencies", "Who is involved", True, each[:2]),
        GivenSection("planning", "Planning together", True, each[2:]),
    ]


def filled(answers: Mapping[str, str], of: Of = OF) -> bytes:
    return review_document(of, "noon on Monday 7 June 2027", sections(answers))


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    made = content.encode() if isinstance(content, str) else content
    return packed(parts_of(HONEST) | {name: made})


def edited(part: str, change: Callable[[str], str], file: bytes = b"") -> bytes:
    parts = parts_of(file or HONEST)
    parts[part] = change(parts[part].decode()).encode()
    return packed(parts)


def linking(kind: str, target: str, mode: str = "External", part: str = MAIN_LINKS) -> bytes:
    link = f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return edited(part, lambda xml: xml.replace("</Relationships>", link))


def with_body(xml: str, file: bytes = b"") -> bytes:
    """With this at the start of the body."""
    return edited(DOCUMENT, lambda whole: whole.replace("<w:body>", f"<w:body>{xml}", 1), file)


def answered_in_xml(xml: str) -> bytes:
    """The answer to the first question as Word wrote it, instead of MARK."""
    return edited(
        DOCUMENT, lambda whole: whole.replace("<w:r><w:t>MARK</w:t></w:r></w:p>", xml), filled({FIRST: "MARK"})
    )


HONEST = filled({FIRST: "Health and school", THIRD: "All of them"})
