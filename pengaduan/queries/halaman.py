"""Long lists of complaints in pages: whole in a kabupaten and below, cut in a province and the nation."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from kecamatan.models import Tingkat, Wilayah
from p3pd_portal.lib.angka import angka


TERBANYAK = 100
"""What is counted and listed above a kabupaten: among a million reports, more would take seconds."""
M = TypeVar("M", bound=Model)


class Teratas(Paginator):
    """The first rows of a list, however long it is. `terpotong` tells that there may be more."""

    @cached_property
    def count(self) -> int:
        return _count(self.object_list)  # type: ignore[arg-type]

    @property
    def terpotong(self) -> bool:
        return self.count == TERBANYAK


def is_luas(wilayah: Wilayah) -> bool:
    """Whether a region is too large to count its reports one by one."""
    return wilayah.tingkat < Tingkat.KABUPATEN


def halaman(rows: "QuerySet[M]", wilayah: Wilayah, sehalaman: int, nomor: int) -> "Page[M]":
    pages = Teratas if is_luas(wilayah) else Paginator
    return pages(rows, sehalaman).get_page(nomor)


def jumlah_teratas(rows: "QuerySet[M]") -> str:
    """How many there are, in words: "99+" where it is more."""
    n = _count(rows)
    return f"{TERBANYAK - 1}+" if n == TERBANYAK else angka(n)


def _count(rows: "QuerySet[M]") -> int:
    return rows.order_by()[:TERBANYAK].count()
