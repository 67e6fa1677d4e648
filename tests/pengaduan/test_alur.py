"""The table of steps under random play: nothing leaves it, nothing that is over moves, every step is written down."""

import datetime
import secrets
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kecamatan.models import Wilayah
from pengaduan.actions.meja import take_langkah
from pengaduan.actions.pelapor import answer
from pengaduan.actions.waktu import settle_overdue
from pengaduan.models import Langkah, Pengaduan, Pihak
from pengaduan.models.alur import ALUR, IZIN, TERBUKA, TERTUTUP, Status, langkah_dari
from tests.pengaduan.dunia import A1, B1, A, fresh, lapor


pytestmark = pytest.mark.django_db
ACTORS = ("camat_a", "operator_kecamatan_a", "upt_kesehatan_a", "kades_a1", "admin_kabupaten", "camat_b", "inspektorat")


def test_every_status_is_reached_and_every_end_is_an_end() -> None:
    reached = {aturan.ke for aturan in ALUR.values()} | {Status.DITERIMA}
    assert reached == set(Status)
    assert {status for status in Status if not langkah_dari(status)} == TERTUTUP
    assert set(IZIN) == set(Pihak)
    assert all(langkah.label for langkah in Langkah)


def test_from_everywhere_somebody_or_the_calendar_leads_to_an_end() -> None:
    for start in TERBUKA:
        found, edge = {start}, {start}
        while edge:
            edge = {ALUR[one].ke for status in edge for one in langkah_dari(status)} - found
            found |= edge
        assert found & TERTUTUP


MOVES = st.one_of(
    st.tuples(st.sampled_from(list(ALUR)), st.sampled_from(ACTORS)),
    st.tuples(st.just("hari"), st.integers(1, 20)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, max_size=14), said=st.sampled_from([{}, {"rahasia": True}, {"wbs": True}]))
def test_random_play(cast: SimpleNamespace, wilayah: dict[str, Wilayah], moves: Any, said: dict[str, Any]) -> None:
    satu = lapor(wilayah[A1], kunci=secrets.token_hex(8), **said).pengaduan
    today = timezone.localdate()
    for move, who in moves:
        before = fresh(satu)
        lines = satu.langkah.count()
        if move == "hari":
            today += datetime.timedelta(days=who)
            settle_overdue(pada=today)
        else:
            play(satu, move, getattr(cast, who), wilayah)
        after = fresh(satu)
        if before.status in TERTUTUP:
            assert (after.status, satu.langkah.count()) == (before.status, lines)
        elif after.status != before.status:
            assert after.status in {ALUR[one].ke for one in langkah_dari(before.status)}
            assert satu.langkah.count() > lines
        elif (after.meja, after.pelaksana_wilayah) == (before.meja, before.pelaksana_wilayah):
            assert satu.langkah.count() == lines
        assert (after.ditutup_pada is not None) == (after.status in TERTUTUP)
        if after.wbs:
            assert not Pengaduan.objects.visible_to(cast.camat_a).filter(pk=satu.pk).exists()


def play(satu: Pengaduan, langkah: Langkah, by: Any, wilayah: dict[str, Wilayah]) -> None:
    more: dict[str, Any] = {
        Langkah.DISPOSISI: {"wilayah": wilayah[A], "peran": "upt_kesehatan"},
        Langkah.ALIHKAN: {"instansi_lain": "PLN"},
        Langkah.GABUNG: {"induk": satu},
        Langkah.PINDAH: {"wilayah": wilayah[B1]},
    }.get(langkah, {})
    try:
        if ALUR[langkah].pihak == Pihak.PELAPOR:
            answer(pengaduan=satu, langkah=langkah, catatan="Kata pelapor.")
        else:
            take_langkah(by=by, pengaduan=satu, langkah=langkah, catatan="Kata petugas.", **more)
    except (ValidationError, PermissionDenied):
        return
