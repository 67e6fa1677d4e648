import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone

from kecamatan.actions.notifikasi import mark_all_read, mark_read, notify, save_pilihan, send_surel
from kecamatan.models import Notifikasi, Pengguna, PesanKeluar, PreferensiNotifikasi
from tests.factories import NotifikasiFactory, PenggunaFactory


pytestmark = pytest.mark.django_db


def tell(*people: Pengguna, **changes: Any) -> int:
    told: dict[str, Any] = {"jenis": "penugasan", "judul": "Tugas baru", "isi": "Plt. camat.", "url": "/mulai/"}
    return notify(kepada=people, **told | changes)


# What may not be told


def test_a_kind_nobody_knows_is_a_mistake_of_the_program(camat_a: Pengguna) -> None:
    with pytest.raises(KeyError):
        tell(camat_a, jenis="gosip")


@pytest.mark.parametrize("wrong", [{"url": "https://lain.test/"}, {"judul": ""}, {"judul": "\r\n\u202e"}])
def test_an_impossible_notice_undoes_what_it_tells_of(wrong: dict[str, str], camat_a: Pengguna) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NotifikasiFactory(kepada=camat_a)
        tell(camat_a, **wrong)
    assert (Notifikasi.objects.count(), PesanKeluar.objects.count()) == (0, 0)


def test_a_change_that_fails_tells_nobody(camat_a: Pengguna) -> None:
    with pytest.raises(LookupError), transaction.atomic():
        tell(camat_a)
        raise LookupError
    assert (Notifikasi.objects.count(), PesanKeluar.objects.count()) == (0, 0)


def test_line_breaks_and_invisible_signs_do_not_get_in(camat_a: Pengguna) -> None:
    tell(camat_a, judul="Tugas\r\nBcc: x@lain.test\u202e", isi="satu\x1b[2J\r\n{{ settings.SECRET_KEY }}\x00")
    notifikasi = Notifikasi.objects.get()
    assert notifikasi.judul == "Tugas Bcc: x@lain.test"
    assert notifikasi.isi == "satu [2J\n{{ settings.SECRET_KEY }}"


def test_a_long_title_is_cut(camat_a: Pengguna) -> None:
    tell(camat_a, judul="x" * 500)
    assert Notifikasi.objects.get().judul == "x" * 120


# Who is told, and how


def test_everybody_is_told_once_and_switched_off_accounts_not_at_all(cast: SimpleNamespace) -> None:
    off = PenggunaFactory(is_active=False)
    assert tell(cast.camat_a, cast.camat_b, cast.camat_a, off) == 2
    assert set(Notifikasi.objects.values_list("kepada__email", flat=True)) == {"camat_a@uji.test", "camat_b@uji.test"}


def test_nobody_to_tell_is_no_problem(db: None) -> None:
    assert tell() == 0


def test_the_same_key_tells_each_person_once(cast: SimpleNamespace) -> None:
    assert tell(cast.camat_a, kunci="sk:1") == 1
    assert tell(cast.camat_a, cast.camat_b, kunci="sk:1") == 1
    assert tell(cast.camat_a, kunci="sk:2") == 1
    assert tell(cast.camat_a) + tell(cast.camat_a) == 2
    assert Notifikasi.objects.filter(kepada=cast.camat_a).count() == 4
    assert PesanKeluar.objects.filter(kepada=cast.camat_a).count() == 4


def test_the_same_key_sends_no_mail_either_after_the_choice_has_changed(camat_a: Pengguna) -> None:
    tell(camat_a, jenis="data", kunci="apbdes:1")
    save_pilihan(by=camat_a, pilihan={"data": "langsung"})
    assert tell(camat_a, jenis="data", kunci="apbdes:1") == 0
    assert not PesanKeluar.objects.exists()


@pytest.mark.parametrize(
    ("jenis", "chosen", "surel"),
    [
        ("penugasan", None, "langsung"),
        ("data", None, "harian"),
        ("portal", None, "tidak"),
        ("penugasan", "harian", "harian"),
        ("penugasan", "tidak", "tidak"),
        ("data", "langsung", "langsung"),
    ],
)
def test_the_mail_follows_the_choice_or_else_the_kind(
    jenis: str, chosen: str | None, surel: str, camat_a: Pengguna
) -> None:
    if chosen:
        save_pilihan(by=camat_a, pilihan={jenis: chosen})
    tell(camat_a, jenis=jenis)
    notifikasi = Notifikasi.objects.get()
    assert (notifikasi.surel, notifikasi.pesan is not None) == (surel, surel == "langsung")
    assert PesanKeluar.objects.count() == (surel == "langsung")


def test_each_mail_is_the_one_to_its_receiver(cast: SimpleNamespace) -> None:
    tell(cast.camat_a, cast.camat_b, cast.admin_pusat)
    carried = Notifikasi.objects.values_list("kepada", "pesan__kepada")
    assert len({receiver for receiver, _ in carried}) == 3
    assert all(receiver == addressee for receiver, addressee in carried)


def test_telling_many_costs_as_many_queries_as_telling_one(
    cast: SimpleNamespace, django_assert_num_queries: object
) -> None:
    for people in ([cast.camat_a], list(vars(cast).values())):
        with django_assert_num_queries(8):  # a savepoint's two, choices, notices, receivers, mails, their link, count
            tell(*people)


def test_the_outbox_holds_neither_address_nor_text(camat_a: Pengguna) -> None:
    tell(camat_a, judul="Tugas rahasia")
    row = str(PesanKeluar.objects.values().get())
    assert "Tugas rahasia" not in row
    assert camat_a.email not in row


# Mail that is no notice


def test_a_mail_without_templates_is_refused_when_it_is_asked_for(camat_a: Pengguna) -> None:
    with pytest.raises(TemplateDoesNotExist):
        send_surel(kepada=camat_a, templat="tidak_ada", konteks={}, kunci="x")


@pytest.mark.parametrize("value", [1, None, ["a"], {"a": "b"}, b"a"])
def test_only_text_is_kept_for_the_mail(value: object, camat_a: Pengguna) -> None:
    with pytest.raises(TypeError, match="hanya boleh memuat teks"):
        send_surel(kepada=camat_a, templat="ringkasan", konteks={"a": value}, kunci="x")  # type: ignore[dict-item]


def test_the_same_mail_is_sent_once_and_another_one_too(cast: SimpleNamespace) -> None:
    for kunci in ("undangan:1", "undangan:1", "undangan:2", "", ""):
        send_surel(kepada=cast.camat_a, templat="ringkasan", konteks={"a": "b"}, kunci=kunci)
    send_surel(kepada=cast.camat_b, templat="ringkasan", konteks={}, kunci="undangan:1")
    assert sorted(PesanKeluar.objects.values_list("kunci", flat=True)) == ["", "", *["undangan:1"] * 2, "undangan:2"]
    assert PesanKeluar.objects.filter(kepada=cast.camat_a).first().konteks == {"a": "b"}


# Reading


def test_the_first_reading_counts_and_only_that_of_the_receiver(cast: SimpleNamespace) -> None:
    notifikasi = NotifikasiFactory(kepada=cast.camat_a)
    mark_read(by=cast.camat_b, notifikasi=notifikasi)
    assert Notifikasi.objects.get().dibaca_pada is None
    mark_read(by=cast.camat_a, notifikasi=notifikasi)
    first = Notifikasi.objects.get().dibaca_pada
    mark_read(by=cast.camat_a, notifikasi=notifikasi)
    assert first is not None
    assert Notifikasi.objects.get().dibaca_pada == first


def test_what_came_after_the_list_was_shown_stays_unread(cast: SimpleNamespace) -> None:
    shown = timezone.now()
    NotifikasiFactory(kepada=cast.camat_a, created_at=shown)
    NotifikasiFactory(kepada=cast.camat_b, created_at=shown)
    later = NotifikasiFactory(kepada=cast.camat_a, created_at=shown + datetime.timedelta(seconds=1))
    assert mark_all_read(by=cast.camat_a, sampai=shown) == 1
    assert list(Notifikasi.objects.visible_to(cast.camat_a).unread()) == [later]
    assert Notifikasi.objects.visible_to(cast.camat_b).unread().count() == 1


# Choosing


@pytest.mark.parametrize("pilihan", [{"gosip": "tidak"}, {"data": "merpati"}, {"data": "tidak", "wilayah": ""}])
def test_a_choice_that_does_not_exist_saves_nothing(pilihan: dict[str, str], camat_a: Pengguna) -> None:
    with pytest.raises((KeyError, ValueError)):
        save_pilihan(by=camat_a, pilihan=pilihan)
    assert not PreferensiNotifikasi.objects.exists()


def test_choices_are_replaced_and_safety_cannot_be_switched_off(camat_a: Pengguna) -> None:
    save_pilihan(by=camat_a, pilihan={"data": "tidak", "akun": "tidak", "wilayah": "harian"})
    save_pilihan(by=camat_a, pilihan={"data": "langsung"})
    assert set(PreferensiNotifikasi.objects.values_list("pengguna", "jenis", "surel")) == {
        (camat_a.pk, "data", "langsung"), (camat_a.pk, "wilayah", "harian")
    }  # fmt: skip
