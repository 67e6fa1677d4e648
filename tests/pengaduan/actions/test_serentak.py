"""Several reports at once: each for itself."""

from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from pengaduan.actions.meja import set_tayang
from pengaduan.actions.serentak import act_on_all
from pengaduan.models import Langkah
from tests.pengaduan.dunia import A1, B1, fresh, lapor, maju


pytestmark = pytest.mark.django_db


def test_what_is_refused_holds_up_no_other(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    own, foreign = lapor(wilayah[A1]).pengaduan, lapor(wilayah[B1], kunci="dua").pengaduan
    done = maju(lapor(wilayah[A1], kunci="tiga").pengaduan, cast, Langkah.VERIFIKASI)
    hasil = act_on_all(by=cast.camat_a, pengaduan=[done, foreign, own], langkah=Langkah.TOLAK, catatan="Iklan.")
    assert hasil.selesai == 1
    assert [nomor for nomor, _ in hasil.ditolak] == [done.nomor, foreign.nomor]
    assert "sekarang diverifikasi" in hasil.ditolak[0][1]
    assert hasil.ditolak[1][1] == "Bukan meja Anda."
    assert (fresh(own).status, fresh(foreign).status) == ("ditolak", "diterima")


def test_public_ones_are_taken_off_the_page(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    shown = maju(lapor(wilayah[A1]).pengaduan, cast, Langkah.VERIFIKASI)
    set_tayang(by=cast.camat_a, pengaduan=shown, tayang=True, judul="Jembatan putus")
    assert act_on_all(by=cast.camat_a, pengaduan=[shown], langkah=Langkah.TURUN).selesai == 1
    assert not fresh(shown).tayang
