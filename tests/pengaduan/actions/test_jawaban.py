"""Answers written beforehand: by the desk of the region, each title once."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kecamatan.models import CatatanAudit, Wilayah
from pengaduan.actions.jawaban import save_jawaban
from pengaduan.models import JawabanBaku
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db


def test_the_desk_writes_for_its_region_and_those_below(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    save_jawaban(by=cast.camat_a, jawaban=JawabanBaku(wilayah=wilayah[A], judul="PLN", isi="Diteruskan."))
    assert [satu.judul for satu in JawabanBaku.objects.for_wilayah(wilayah[A1])] == ["PLN"]
    assert not JawabanBaku.objects.for_wilayah(wilayah["11.01.02"]).exists()
    assert CatatanAudit.objects.filter(model="pengaduan.jawabanbaku", wilayah=wilayah[A]).exists()


def test_a_title_stands_once_in_a_region(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    first = save_jawaban(by=cast.camat_a, jawaban=JawabanBaku(wilayah=wilayah[A], judul="PLN", isi="Diteruskan."))
    save_jawaban(by=cast.camat_a, jawaban=first)  # changing it is no repetition
    with pytest.raises(ValidationError, match="sudah dipakai"):
        save_jawaban(by=cast.camat_a, jawaban=JawabanBaku(wilayah=wilayah[A], judul="PLN", isi="Lagi."))


def test_another_desk_writes_none(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(PermissionDenied):
        save_jawaban(by=cast.camat_b, jawaban=JawabanBaku(wilayah=wilayah[A], judul="PLN", isi="Diteruskan."))
