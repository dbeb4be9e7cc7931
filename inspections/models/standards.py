"""The texts of standards that inspections began under."""

from contextlib import suppress

from django.db import models
from django.db.models import F, Func, Value

from standards import loader
from standards.loader import StandardsError
from standards.schema import Standards

KNOWN: dict[tuple[str, str], Standards] = {}  # of this process, by key and hash: a text never changes


class StandardsText(models.Model):
    """One version of a standards file, kept when the first inspection begins under it. PostgreSQL checks the hash."""

    hash = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=20)
    content = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    hash=Func(
                        Func(
                            Func(F("content"), Value("UTF8"), function="convert_to", output_field=models.BinaryField()),
                            function="sha256",
                            output_field=models.BinaryField(),
                        ),
                        Value("hex"),
                        function="encode",
                        output_field=models.TextField(),
                    )
                ),
                name="standards_text_has_its_hash",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.hash[:12]}"


def standards_at(key: str, content_hash: str) -> Standards:
    """The standards of this very hash: from the file while it is still that, else from the text that was kept.

    Of an inspection older than these texts there may be none; then it is the file as it is now, which has another hash.
    """
    found = KNOWN.get((key, content_hash)) or from_file(key, content_hash) or from_text(key, content_hash)
    if found is None:
        return loader.load(key)
    KNOWN[key, content_hash] = found
    return found


def from_file(key: str, content_hash: str) -> Standards | None:
    with suppress(StandardsError):
        found = loader.load(key)
        return found if found.content_hash == content_hash else None
    return None


def from_text(key: str, content_hash: str) -> Standards | None:
    content = StandardsText.objects.filter(key=key, hash=content_hash).values_list("content", flat=True).first()
    return None if content is None else loader.parsed(key, content.encode())
