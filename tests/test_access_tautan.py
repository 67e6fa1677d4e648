"""Visitors with a link: the telephone of a participant, and the browser of an office that proposes. A link opens what
it is for; everywhere else its holder is a visitor like any other."""

import uuid
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from kecamatan.models import Wilayah
from pelatihan.queries import pintu_usulan, tautan
from tests.alamat import arguments
from tests.alamat_pelatihan import calon_uji, peserta_uji
from tests.kebijakan import REGION, Person
from tests.kebijakan_pelatihan import KABUPATEN, KEBIJAKAN_PELATIHAN, Ikut, Usul


WARGA = Person("warga", False)
PEMEGANG = {
    "ponsel peserta": (Ikut, Person("camat_a", True, "camat", REGION), tautan.KUKI),
    "kantor Sekda": (Usul, Person("sekda", True, "sekda", KABUPATEN), pintu_usulan.KUKI),
}
"""Whose pages a link opens, like whom, and the cookie that it leaves."""


def kuki(holder: str) -> str:
    empty = RequestFactory().get("/")
    if holder == "kantor Sekda":
        return pintu_usulan.isi_kuki(empty, calon_uji().usulan.undangan)
    return tautan.isi_kuki(empty, peserta_uji())


def answer(holder: str, name: str, method: str) -> int:
    """Asked in a world that is forgotten again."""
    with transaction.atomic():
        cache.clear()
        asked = reverse(name, args=arguments(name, uuid.uuid4(), 0, 0))
        client = Client()
        client.cookies[PEMEGANG[holder][2]] = kuki(holder)
        status: int = getattr(client, method)(asked).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("holder", PEMEGANG)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_opens_what_it_is_for(
    holder: str, method: str, wilayah: dict[str, Wilayah], cast: SimpleNamespace, acuan: None
) -> None:
    opened, like, _kuki = PEMEGANG[holder]
    want = {
        name: policy.outcome(like if isinstance(policy, opened) else WARGA, method)
        for name, policy in KEBIJAKAN_PELATIHAN.items()
    }
    known = {name: status for name, status in want.items() if status is not None}
    assert {name: answer(holder, name, method) for name in known} == known
    assert any(
        isinstance(KEBIJAKAN_PELATIHAN[name], opened) and status in (200, 302, 422) for name, status in known.items()
    )
