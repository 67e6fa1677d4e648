"""Mails to reporters: one that asks whether an address is theirs, and news to those who said so."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from kecamatan.actions.pesan import relay
from kecamatan.models import PesanKeluar, Wilayah
from pengaduan.actions.hapus import erase_kontak
from pengaduan.actions.meja import add_catatan
from pengaduan.actions.pelapor import add_tambahan, answer
from pengaduan.actions.surel import confirm_surel
from pengaduan.actions.waktu import settle_overdue
from pengaduan.models import KontakPelapor, Langkah, Pengaduan
from pengaduan.queries import surel as queries
from pengaduan.queries.surel import token_konfirmasi
from tests.pengaduan.dunia import A1, fresh, lapor, maju


pytestmark = pytest.mark.django_db
L = Langkah
World = dict[str, Wilayah]
ADDRESS = "siti@warga.test"


def lapor_bersurel(wilayah: World, **more: Any) -> Pengaduan:
    return lapor(wilayah[A1], **({"identitas": "anonim", "surel": ADDRESS} | more)).pengaduan


@pytest.fixture
def satu(cast: SimpleNamespace, wilayah: World) -> Pengaduan:
    return lapor_bersurel(wilayah)


@pytest.fixture
def terkonfirmasi(satu: Pengaduan) -> Pengaduan:
    """Its address is confirmed, and the mail that asked for it has left."""
    assert confirm_surel(token_konfirmasi(satu.pk))
    relay()
    mail.outbox.clear()
    PesanKeluar.objects.filter(kepada=None).delete()
    return satu


def to_pelapor() -> list[str]:
    """What waits for people without an account, oldest first."""
    rows = PesanKeluar.objects.filter(kepada=None).order_by("created_at")
    return list(rows.values_list("templat", flat=True))


def bodies() -> list[str]:
    """What reaches the reporter now."""
    relay()
    return [str(one.body) for one in mail.outbox if one.to == [ADDRESS]]


# Whether the address is theirs


def test_an_address_is_asked_for_confirmation_once(cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI, L.PROSES)
    assert to_pelapor() == ["konfirmasi_pelapor"]
    (body,) = bodies()
    assert "/lapor/konfirmasi/" in body
    assert satu.nomor not in body
    assert "Tautan berlaku 7 hari" in body


def test_without_an_address_nobody_is_asked_and_nobody_told(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor(wilayah[A1], identitas="anonim", nama="Siti", telepon="+6281234567890").pengaduan
    maju(satu, cast, L.VERIFIKASI)
    lapor(wilayah[A1], kunci="dua", surel=ADDRESS)  # without a name: no contact is kept
    assert to_pelapor() == []


def test_what_came_without_proof_asks_nobody_before_an_officer_looked(cast: SimpleNamespace, wilayah: World) -> None:
    bot = lapor_bersurel(wilayah, kunci="bot", perlu_disaring=True)
    real = lapor_bersurel(wilayah, kunci="orang", perlu_disaring=True)
    assert to_pelapor() == []
    maju(bot, cast, L.TOLAK)
    assert to_pelapor() == []
    maju(real, cast, L.VERIFIKASI)
    assert to_pelapor() == ["konfirmasi_pelapor"]


def test_a_link_confirms_once_and_tells_nothing(satu: Pengaduan) -> None:
    token = token_konfirmasi(satu.pk)
    assert token != token_konfirmasi(satu.pk)
    assert "=" not in token
    assert [confirm_surel(token), confirm_surel(token)] == [True, False]
    assert KontakPelapor.objects.get().surel_dikonfirmasi_pada is not None


@pytest.mark.parametrize("token", ["", "karangan", "gAAAAA", "é" * 20, "A" * 2000])
def test_a_link_that_somebody_made_up_confirms_nothing(satu: Pengaduan, token: str) -> None:
    assert not confirm_surel(token)


def test_a_link_is_good_for_a_week_and_while_the_contact_is_there(
    satu: Pengaduan, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_konfirmasi(satu.pk)
    with monkeypatch.context() as later:
        later.setattr(queries, "KONFIRMASI_BERLAKU", -1)
        assert not confirm_surel(token)
    erase_kontak(pengaduan=satu)
    assert not confirm_surel(token)


def test_a_contact_without_an_address_is_never_confirmed(wilayah: World) -> None:
    satu = lapor(wilayah[A1], identitas="anonim", telepon="+6281234567890").pengaduan
    assert not confirm_surel(token_konfirmasi(satu.pk))


# News


def test_an_unconfirmed_address_gets_no_news(cast: SimpleNamespace, satu: Pengaduan) -> None:
    maju(satu, cast, L.VERIFIKASI, L.PROSES, L.TANGGAPI)
    assert "kabar_pelapor" not in to_pelapor()


def test_every_step_is_told_in_the_words_of_its_state(cast: SimpleNamespace, terkonfirmasi: Pengaduan) -> None:
    satu = terkonfirmasi
    maju(satu, cast, L.MINTA_DATA)
    answer(pengaduan=satu, langkah=L.LENGKAPI, catatan="Di RT 3.")
    maju(satu, cast, L.VERIFIKASI, L.DISPOSISI, L.PROSES, L.TANGGAPI)
    answer(pengaduan=satu, langkah=L.KEBERATAN, catatan="Belum.")
    maju(satu, cast, L.PROSES, L.TANGGAPI)
    answer(pengaduan=satu, langkah=L.PUAS)
    words = (
        "menunggu keterangan pelapor", "diterima", "diverifikasi", "diteruskan", "ditindaklanjuti", "ditanggapi",
        "dibuka kembali", "ditindaklanjuti", "ditanggapi", "selesai",
    )  # fmt: skip
    told = bodies()
    assert len(told) == len(words)
    for word, body in zip(words, told, strict=True):
        assert word in body.split("\n")[0]
        assert satu.nomor in body
        assert "/lapor/status/" in body


def test_moving_up_is_told(terkonfirmasi: Pengaduan) -> None:
    Pengaduan.objects.filter(pk=terkonfirmasi.pk).update(tenggat_naik="2026-01-05")
    day = fresh(terkonfirmasi).tenggat_naik
    assert day is not None
    settle_overdue(pada=day.replace(day=6))
    (body,) = bodies()
    assert "naik ke tingkat di atasnya" in body


def test_notes_for_officers_and_the_own_words_are_no_news(cast: SimpleNamespace, terkonfirmasi: Pengaduan) -> None:
    add_catatan(by=cast.camat_a, pengaduan=terkonfirmasi, catatan="Hati-hati.", sifat="internal")
    add_tambahan(pengaduan=terkonfirmasi, catatan="Ada foto.")
    assert to_pelapor() == []
    add_catatan(by=cast.camat_a, pengaduan=terkonfirmasi, catatan="Besok kami ke sana.", sifat="pelapor")
    (body,) = bodies()
    assert "Besok" not in body


def test_of_a_confidential_report_not_even_the_kecamatan_is_named(cast: SimpleNamespace, wilayah: World) -> None:
    satu = lapor_bersurel(wilayah, rahasia=True)
    confirm_surel(token_konfirmasi(satu.pk))
    maju(satu, cast, L.VERIFIKASI)
    told = "\n".join(bodies())
    assert f"…{satu.nomor[-7:]}" in told
    for word in (satu.nomor, "110101", "Alfa", "A1", satu.judul, satu.kategori.nama):
        assert word not in told


def test_what_was_erased_before_it_was_sent_is_dropped_quietly(cast: SimpleNamespace, terkonfirmasi: Pengaduan) -> None:
    maju(terkonfirmasi, cast, L.VERIFIKASI)
    erase_kontak(pengaduan=terkonfirmasi)
    assert bodies() == []
    assert PesanKeluar.objects.filter(kepada=None).get().status == "batal"
    maju(terkonfirmasi, cast, L.PROSES)
    assert to_pelapor() == ["kabar_pelapor"]


def test_a_confirmation_that_came_in_between_asks_no_more(satu: Pengaduan) -> None:
    confirm_surel(token_konfirmasi(satu.pk))
    assert bodies() == []


def test_the_outbox_holds_keys_and_no_address(cast: SimpleNamespace, terkonfirmasi: Pengaduan) -> None:
    maju(terkonfirmasi, cast, L.VERIFIKASI)
    row = PesanKeluar.objects.filter(kepada=None).values().get()
    langkah = terkonfirmasi.langkah.get(langkah=L.VERIFIKASI)
    assert row["konteks"] == {"langkah": str(langkah.pk)}
    assert ADDRESS not in str(row)
