"""Queries that run with every page, built once: building one takes Django several times as long as running it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Compiled(Generic[Row]):
    """Finds rows with their related rows and their annotations, as the plain query would.

    `build` gets the stand-ins and gives the query; wherever they end up in it, `rows` puts the values asked for. So no
    two of them are equal, and none equals anything else in the query.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Row]],
        *,
        stand_ins: Sequence[Any],
        related: Sequence[str] = (),
        annotations: Sequence[str] = (),
    ) -> None:
        self.build, self.stand_ins, self.related, self.annotations = build, stand_ins, related, annotations

    def find(self, *values: Any) -> Row | None:
        """The one that there is."""
        return next(iter(self.rows(*values)), None)

    def rows(self, *values: Any) -> list[Row]:
        sql, parameters = self.statement
        given = dict(zip(map(parameter, self.stand_ins), map(parameter, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(value, value) for value in parameters])
            return [self.row(columns) for columns in cursor.fetchall()]

    @cached_property
    def statement(self) -> tuple[str, tuple[Any, ...]]:
        names = [
            f"{path}__{field.attname}" if path else field.attname for path, fields in self.parts for field in fields
        ]
        rows = self.build(*self.stand_ins).values_list(*names, *self.annotations)
        sql, parameters = rows.query.sql_with_params()
        return sql, tuple(parameters)

    @cached_property
    def parts(self) -> list[tuple[str, list["Field[Any, Any]"]]]:
        """The row itself and those that it refers to, by path, each with its columns."""
        model = self.build(*self.stand_ins).model
        return [(path, columns_of(model_at(model, path))) for path in ("", *self.related)]

    def row(self, columns: Sequence[Any]) -> Row:
        found: dict[str, Any] = {}
        start = 0
        for path, fields in self.parts:
            values = columns[start : start + len(fields)]
            found[path] = instance(fields, values)
            start += len(fields)
        for path in self.related:
            owner, _, name = path.rpartition("__")
            setattr(found[owner], name, found[path])
        for name, value in zip(self.annotations, columns[start:], strict=True):
            setattr(found[""], name, value)
        row: Row = found[""]
        return row


def parameter(value: Any) -> Any:
    """A row stands in a query as its key."""
    return value.pk if isinstance(value, Model) else value


def model_at(model: type[Model], path: str) -> type[Model]:
    for name in filter(None, path.split("__")):
        model = cast(type[Model], model._meta.get_field(name).related_model)
    return model


def columns_of(model: type[Model]) -> list["Field[Any, Any]"]:
    fields = list(model._meta.concrete_fields)
    if converted := [field.name for field in fields if hasattr(field, "from_db_value")]:
        raise TypeError(f"{model.__name__} has columns that are more than what the database gives: {converted}")
    return fields


def instance(fields: Sequence["Field[Any, Any]"], values: Sequence[Any]) -> Model | None:
    """None where an optional reference refers to nothing."""
    model, names = fields[0].model, [field.attname for field in fields]
    key = names.index(model._meta.pk.attname)
    return None if values[key] is None else model.from_db(DEFAULT_DB_ALIAS, names, values)
