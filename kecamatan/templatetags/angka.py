"""Numbers in templates as Indonesian offices write them; see p3pd_portal.lib.angka.

A name that leads nowhere (`anak.baris.serapan` of a region without a row) reaches a filter as "": unknown too.
"""

from typing import Any

from django import template

from p3pd_portal.lib import angka as lib


register = template.Library()


def _known(value: Any) -> Any:
    return None if value == "" else value


@register.filter
def angka(value: Any) -> str:
    return lib.angka(_known(value))


@register.filter
def persen(value: Any) -> str:
    return lib.persen(_known(value))


@register.filter
def rupiah(value: Any) -> str:
    return lib.rupiah(_known(value))


@register.filter
def rupiah_ringkas(value: Any) -> str:
    return lib.rupiah_ringkas(_known(value))
