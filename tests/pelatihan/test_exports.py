"""Certificates on paper: one page each, and a code that an independent reader follows to the page that checks it."""

import datetime
import io
import time
from types import SimpleNamespace

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from kecamatan.models import Wilayah
from p3pd_portal.lib import cetak
from pelatihan.actions.sertifikat import issue_sertifikat
from pelatihan.exports import masa, piagam
from pelatihan.models import Angkatan, Sertifikat
from tests.factories import AngkatanFactory, PesertaFactory
from tests.pelatihan.actions.test_sertifikat import ISI, POLA


pytestmark = pytest.mark.django_db
butuh_pdf = pytest.mark.skipif(not cetak.pdf_tersedia(), reason="Pango tidak terpasang")


def printed(wilayah: Wilayah, cast: SimpleNamespace, many: int) -> cetak.Piagam:
    angkatan = AngkatanFactory(program__wilayah=wilayah, pola_nomor=POLA, status="evaluasi", nama="ToT tahap uji")
    PesertaFactory.create_batch(many, angkatan=angkatan, status="lulus")
    return piagam(issue_sertifikat(by=cast.admin_pusat, angkatan=angkatan, **ISI))


@butuh_pdf
def test_a_hundred_and_eleven_in_one_file_each_with_its_own_code(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(wilayah["0"], cast, 111)
    started = time.monotonic()
    content = cetak.to_pdf(found)
    with capsys.disabled():
        print(f"\n111 sertifikat: {time.monotonic() - started:.1f} detik, {len(content) // 1024} KB")
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    assert len(pages) == 111
    assert pages[0].get_size()[0] > pages[0].get_size()[1]  # paper across
    for nomor in (0, 55, 110):
        picture = pages[nomor].render(scale=2).to_pil()
        (code,) = zxingcpp.read_barcodes(picture)
        satu = Sertifikat.objects.get(urut=nomor + 1)
        assert code.text.endswith(satu.get_absolute_url())
        text = pages[nomor].get_textpage().get_text_bounded()
        assert satu.nomor in text
        assert satu.nama in text
        page = Client().get(satu.get_absolute_url())
        assert satu.nomor in page.content.decode()


def test_a_certificate_that_was_taken_back_is_not_printed_again(
    wilayah: dict[str, Wilayah], cast: SimpleNamespace
) -> None:
    printed(wilayah["11.01"], cast, 2)
    gone = Sertifikat.objects.earliest("urut")
    Sertifikat.objects.filter(pk=gone.pk).update(dicabut_pada="2026-01-01T00:00Z", alasan_cabut="Uji.")
    found = piagam(gone.terbitan)
    assert [lembar.kode for lembar in found.lembar] == [Sertifikat.objects.latest("urut").kode_tampil]
    assert reverse("pelatihan:verifikasi", args=[gone.kode]) not in cetak.to_html(found)


@pytest.mark.parametrize(
    ("mulai", "selesai", "words"),
    [
        ("2024-06-18", "2024-06-22", "18–22 Juni 2024"),
        ("2024-06-30", "2024-07-02", "30 Juni – 2 Juli 2024"),
        ("2024-12-30", "2025-01-02", "30 Desember 2024 – 2 Januari 2025"),
        ("2024-06-18", "2024-06-18", "18 Juni 2024"),
        ("2024-06-18", None, "18 Juni 2024"),
        (None, None, ""),
    ],
)
def test_the_days_in_words(mulai: str | None, selesai: str | None, words: str) -> None:
    days = [datetime.date.fromisoformat(day) if day else None for day in (mulai, selesai)]
    assert masa(Angkatan(mulai=days[0], selesai=days[1])) == words
