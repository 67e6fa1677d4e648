"""Counting what belongs to each row of a list."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def jumlah(rows: QuerySet[Any], name: str) -> Coalesce:
    """How many of `rows` belong to the outer row by the foreign key `name`: counted for each row that is shown and for
    no other, and never multiplied by another count."""
    of = rows.filter(**{name: OuterRef("pk")}).order_by().values(name)
    return Coalesce(Subquery(of.annotate(n=Count("pk")).values("n")), 0)
