"""Badges: numbers that never meet, a sheet to be cut out, and attendance by them; one-time codes as QR."""

import io
from types import SimpleNamespace

import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from kecamatan.models import CatatanAudit, Wilayah
from p3pd_portal.lib import cetak
from pelatihan.actions.lencana import give_lencana, mark_lencana
from pelatihan.exports_presensi import lembar_lencana
from pelatihan.models import Angkatan, Kelas, Peserta, Presensi
from tests.factories import PresensiFactory
from tests.pelatihan.kelas import kelas_kini, peserta_kini, sesi_kini


pytestmark = pytest.mark.django_db


@pytest.fixture
def kelas(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Kelas:
    return kelas_kini(wilayah, cast, nama="Kelas B")


@pytest.fixture
def penyedia(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.penyedia)
    return client


def nomor(peserta: Peserta) -> int:
    peserta.refresh_from_db()
    assert peserta.nomor_lencana
    return peserta.nomor_lencana


def test_everybody_gets_a_number_once(cast: SimpleNamespace, kelas: Kelas) -> None:
    people = [peserta_kini(kelas) for _ in range(30)]
    gone = peserta_kini(kelas, status="mundur", alasan="Sakit.")
    assert give_lencana(by=cast.penyedia, kelas=kelas) == 30
    first = {nomor(satu) for satu in people}
    late = peserta_kini(kelas)
    assert give_lencana(by=cast.penyedia, kelas=kelas) == 1
    assert {nomor(satu) for satu in people} == first
    assert nomor(late) not in first
    assert all(100_000 <= one <= 999_999 for one in first)
    gone.refresh_from_db()
    assert gone.nomor_lencana is None
    assert not CatatanAudit.objects.filter(model="pelatihan.peserta", jenis="UPDATE").exists()


def test_numbers_of_two_classes_of_a_cohort_never_meet(
    cast: SimpleNamespace, kelas: Kelas, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = SimpleNamespace(SystemRandom=lambda: SimpleNamespace(sample=lambda pool, n: list(pool)[:n]))
    monkeypatch.setattr("pelatihan.actions.lencana.secrets", lot)  # always the same draw
    other = Kelas.objects.create(angkatan=kelas.angkatan, nama="Kelas C", wilayah=kelas.wilayah)
    a, b = peserta_kini(kelas), peserta_kini(other)
    give_lencana(by=cast.admin_kabupaten, kelas=kelas)
    give_lencana(by=cast.admin_kabupaten, kelas=other)
    assert (nomor(a), nomor(b)) == (100_000, 100_001)


def test_strangers_and_closed_cohorts_get_nothing(cast: SimpleNamespace, kelas: Kelas) -> None:
    with pytest.raises(PermissionDenied):
        give_lencana(by=cast.camat_a, kelas=kelas)
    with pytest.raises(PermissionDenied):
        mark_lencana(by=cast.camat_a, sesi=sesi_kini(kelas), nomor=123456)
    Angkatan.objects.update(status="ditutup")
    kelas.angkatan.refresh_from_db()
    with pytest.raises(ValidationError, match="sudah ditutup"):
        give_lencana(by=cast.penyedia, kelas=kelas)


def test_a_badge_marks_in_time_late_and_only_once(cast: SimpleNamespace, kelas: Kelas) -> None:
    early, late = peserta_kini(kelas), peserta_kini(kelas)
    give_lencana(by=cast.penyedia, kelas=kelas)
    sesi = sesi_kini(kelas)
    found, new = mark_lencana(by=cast.penyedia, sesi=sesi, nomor=nomor(early))
    assert (found.status, found.cara, found.oleh, new) == ("hadir", "petugas", cast.penyedia, True)
    assert mark_lencana(by=cast.admin_kabupaten, sesi=sesi, nomor=nomor(early)) == (found, False)
    assert mark_lencana(by=cast.penyedia, sesi=sesi_kini(kelas, 40), nomor=nomor(late))[0].status == "terlambat"


def test_a_badge_overrules_nobody(cast: SimpleNamespace, kelas: Kelas) -> None:
    sesi, satu = sesi_kini(kelas), peserta_kini(kelas)
    give_lencana(by=cast.penyedia, kelas=kelas)
    PresensiFactory(sesi=sesi, peserta=satu, status="izin", cara="petugas", oleh=cast.admin_kabupaten)
    found, new = mark_lencana(by=cast.penyedia, sesi=sesi, nomor=nomor(satu))
    assert (found.status, new) == ("izin", False)


def test_a_badge_of_another_class_or_hour_marks_nobody(cast: SimpleNamespace, kelas: Kelas) -> None:
    other = Kelas.objects.create(angkatan=kelas.angkatan, nama="Kelas C", wilayah=kelas.wilayah)
    satu = peserta_kini(other)
    give_lencana(by=cast.admin_kabupaten, kelas=other)
    with pytest.raises(ValidationError, match="Tidak ada peserta kelas ini"):
        mark_lencana(by=cast.penyedia, sesi=sesi_kini(kelas), nomor=nomor(satu))
    for sesi in (sesi_kini(kelas, -90), sesi_kini(kelas, 600)):
        with pytest.raises(ValidationError, match="tidak sedang dibuka"):
            mark_lencana(by=cast.penyedia, sesi=sesi, nomor=123456)
    assert not Presensi.objects.exists()


def test_from_the_class_page_to_the_list(penyedia: Client, kelas: Kelas) -> None:
    satu, sesi = peserta_kini(kelas, orang__nama="Sari Uji"), sesi_kini(kelas)
    address = f"{kelas.get_absolute_url()}lencana/"
    assert "Belum ada peserta bernomor lencana" in penyedia.get(f"{address}html/").text
    assert "1 peserta diberi nomor" in penyedia.post(address, follow=True).text
    assert "Lencana: 1 dari 1 peserta bernomor." in penyedia.get(kelas.get_absolute_url()).text
    assert "Tandai dengan nomor lencana" in penyedia.get(sesi.get_absolute_url()).text
    text = str(nomor(satu))
    typed = {"nomor": f" {text[:3]} {text[3:]} "}
    assert "Sari Uji: hadir, pukul" in penyedia.post(f"{sesi.get_absolute_url()}lencana/", typed, follow=True).text
    again = penyedia.post(f"{sesi.get_absolute_url()}lencana/", typed, follow=True).text
    assert "Sari Uji sudah tercatat hadir" in again
    for wrong in ("12345", "abcdef", "١٢٣٤٥٦", ""):
        penyedia.post(f"{sesi.get_absolute_url()}lencana/", {"nomor": wrong})
    assert Presensi.objects.get().peserta == satu


def test_outside_the_hours_there_is_no_field_for_badges(penyedia: Client, kelas: Kelas) -> None:
    later = sesi_kini(kelas, -90)
    assert "Tandai dengan nomor lencana" not in penyedia.get(later.get_absolute_url()).text
    told = penyedia.post(f"{later.get_absolute_url()}lencana/", {"nomor": "123456"}, follow=True).text
    assert "tidak sedang dibuka" in told


def test_a_closed_cohort_says_so_and_keeps_its_badges(penyedia: Client, kelas: Kelas, cast: SimpleNamespace) -> None:
    peserta_kini(kelas)
    Angkatan.objects.update(status="ditutup")
    assert "sudah ditutup" in penyedia.post(f"{kelas.get_absolute_url()}lencana/", follow=True).text


@pytest.mark.skipif(not cetak.pdf_tersedia(), reason="perlu Pango")
def test_eight_badges_fill_a_sheet_and_a_reader_reads_their_numbers(cast: SimpleNamespace, kelas: Kelas) -> None:
    for number in range(9):
        peserta_kini(kelas, orang__nama=f"Peserta {number}", orang__nip=f"19800312200501199{number}")
    give_lencana(by=cast.penyedia, kelas=kelas)
    content = cetak.to_pdf(lembar_lencana(kelas))
    pdf = pypdfium2.PdfDocument(io.BytesIO(content))
    read = [{one.text for one in zxingcpp.read_barcodes(page.render(scale=3).to_pil())} for page in pdf]
    assert [len(page) for page in read] == [8, 1]
    assert set.union(*read) == {str(one) for one in Peserta.objects.values_list("nomor_lencana", flat=True)}
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "Peserta 8" in text
    assert "19800312" not in text


def test_the_printed_code_stands_behind_the_hash(penyedia: Client, kelas: Kelas) -> None:
    satu = peserta_kini(kelas)
    answer = penyedia.post(f"{kelas.get_absolute_url()}kode/", {"peserta": [satu.pk]})
    (found,) = answer.context["kartu"]
    assert answer.text.count('class="kode-qr') == 1
    assert found[2].jalur in answer.text
    assert f"/ikut/{found[1]}" not in answer.text
