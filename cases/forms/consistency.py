"""Which reads the consistency page compares."""

from collections.abc import Iterable
from typing import Any

from django import forms

from standards.schema import Standards


class ConsistencyForm(forms.Form):
    """What cannot be read filters nothing; without a choice it is the newest standards, and all years."""

    standards = forms.ChoiceField(label="Standards", required=False)
    year = forms.ChoiceField(label="Fieldwork in", required=False)

    def __init__(self, *args: Any, frameworks: list[Standards], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frameworks = {found.key: found for found in frameworks}
        fields: dict[str, Any] = self.fields
        fields["standards"].choices = [(found.key, found.title) for found in frameworks]
        fields["year"].choices = [("", "All years"), *((str(year), str(year)) for year in years)]

    def chosen(self) -> tuple[Standards, int | None]:
        self.is_valid()
        key, year = self.cleaned_data.get("standards"), self.cleaned_data.get("year")
        newest = next(iter(self.frameworks.values()))
        return self.frameworks.get(key or "", newest), int(year) if year else None
