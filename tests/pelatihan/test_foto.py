"""Photographs of a cohort: drawn anew, read by those who run it, printed in its report, and taken away with a trail."""

import datetime
import io
from types import SimpleNamespace

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from PIL import Image

from kecamatan.models import CatatanAudit, Wilayah
from p3pd_portal.lib import cetak
from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.actions.foto import add_foto, remove_foto
from pelatihan.exports_laporan import laporan_surat, lembar_foto
from pelatihan.models import Angkatan, Foto
from pelatihan.models.foto import PALING_BANYAK
from pelatihan.queries.laporan import laporan_angkatan
from tests.factories import AngkatanFactory


pytestmark = pytest.mark.django_db
HARI = datetime.date(2026, 6, 18)


@pytest.fixture
def angkatan(wilayah: dict[str, Wilayah]) -> Angkatan:
    return AngkatanFactory(program__wilayah=wilayah["11.01"], status="berlangsung", mulai=HARI)


@pytest.fixture
def admin(cast: SimpleNamespace, client: Client) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


def berkas(warna: str = "navy") -> Dokumen:
    out = io.BytesIO()
    Image.new("RGB", (120, 90), warna).save(out, "JPEG")
    return Dokumen(out.getvalue(), "image/jpeg", "jpg")


def sent(kind: str = "PNG", **kwargs: object) -> io.BytesIO:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "kamera rahasia"
    Image.new("RGB", (3000, 2000), "teal").save(out, kind, exif=exif.tobytes(), **kwargs)
    out.seek(0)
    out.name = "IMG_0001"
    return out


def tambah(cast: SimpleNamespace, angkatan: Angkatan, n: int = 1, **isi: object) -> Foto:
    told = {"berkas": berkas(), "keterangan": "Praktik melatih", "tanggal": HARI} | isi
    return [add_foto(by=cast.admin_kabupaten, angkatan=angkatan, **told) for _ in range(n)][-1]


def test_no_more_than_twelve_are_kept(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    last = tambah(cast, angkatan, PALING_BANYAK)
    with pytest.raises(ValidationError, match="Sudah ada 12 foto"):
        tambah(cast, angkatan)
    remove_foto(by=cast.admin_kabupaten, foto=last)
    tambah(cast, angkatan)
    assert angkatan.foto.count() == PALING_BANYAK


def test_a_day_to_come_and_no_words_are_refused(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    with pytest.raises(ValidationError, match="belum tiba"):
        tambah(cast, angkatan, tanggal=timezone.localdate() + datetime.timedelta(days=1))
    with pytest.raises(ValidationError):
        tambah(cast, angkatan, keterangan="")


def test_others_neither_add_nor_remove(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    satu = tambah(cast, angkatan)
    with pytest.raises(PermissionDenied):
        add_foto(by=cast.penyedia, angkatan=angkatan, berkas=berkas(), keterangan="X", tanggal=HARI)
    with pytest.raises(PermissionDenied):
        remove_foto(by=cast.camat_a, foto=satu)


def test_a_removal_leaves_a_trail_also_of_a_closed_cohort(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    satu = tambah(cast, angkatan)
    Angkatan.objects.update(status="ditutup")
    remove_foto(by=cast.admin_kabupaten, foto=satu)
    trail = CatatanAudit.objects.filter(model="pelatihan.foto").order_by("pk")
    assert [(row.jenis, row.wilayah.kode) for row in trail] == [("INSERT", "11.01"), ("DELETE", "11.01")]
    assert trail[1].perubahan["keterangan"] == ["Praktik melatih", None]
    assert "isi" not in trail[0].perubahan


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photograph_is_uploaded_shown_and_removed(admin: Client, angkatan: Angkatan, kind: str) -> None:
    base = f"{angkatan.get_absolute_url()}foto/"
    assert "Belum ada foto" in admin.get(base).text
    told = {"berkas": sent(kind), "keterangan": "Pembukaan oleh Plh. Dirjen", "tanggal": "2026-06-18", "setuju": "on"}
    assert "Foto tersimpan" in admin.post(base, told, follow=True).text
    satu = Foto.objects.get()
    address = f"{base}{satu.pk}/"
    answer = admin.get(address)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.size, len(picture.getexif())) == ((1280, 853), 0)
    assert b"kamera rahasia" not in answer.content
    assert f'src="{address}" alt="Pembukaan oleh Plh. Dirjen"' in admin.get(base).text
    assert "Foto dihapus" in admin.post(f"{address}hapus/", follow=True).text
    assert admin.get(address).status_code == 404


def test_without_agreement_or_a_picture_nothing_is_kept(admin: Client, angkatan: Angkatan) -> None:
    base = f"{angkatan.get_absolute_url()}foto/"
    told = {"keterangan": "Diskusi", "tanggal": "2026-06-18"}
    assert "Mintalah persetujuan" in admin.post(base, told | {"berkas": sent()}).text
    answer = admin.post(base, told | {"berkas": io.BytesIO(b"%PDF-1.4"), "setuju": "on"})
    assert answer.status_code == 422
    assert "bukan foto yang utuh" in answer.text
    assert not Foto.objects.exists()


def test_a_photograph_of_another_cohort_does_not_exist_here(
    admin: Client, angkatan: Angkatan, cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    other = AngkatanFactory(program__wilayah=wilayah["11.01"])
    satu = tambah(cast, other)
    base = f"{angkatan.get_absolute_url()}foto/{satu.pk}/"
    assert admin.get(base).status_code == 404
    assert admin.post(f"{base}hapus/").status_code == 404
    assert Foto.objects.exists()


def test_the_report_prints_six_on_a_page_in_order_of_time(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    assert lembar_foto(angkatan) == []
    tambah(cast, angkatan, 6)
    tambah(cast, angkatan, keterangan="Pembukaan", tanggal=datetime.date(2026, 6, 17))
    pages = lembar_foto(angkatan)
    assert [len(page.foto) for page in pages] == [6, 1]
    assert pages[0].foto[0].keterangan == "Pembukaan (17 Juni 2026)"


@pytest.mark.skipif(not cetak.pdf_tersedia(), reason="perlu Pango")
def test_the_printed_report_has_pages_of_photographs_or_none(cast: SimpleNamespace, angkatan: Angkatan) -> None:
    def pages() -> list[str]:
        content = cetak.to_pdf(laporan_surat(laporan_angkatan(angkatan)))
        return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]

    before = pages()
    assert not any("Foto kegiatan" in text for text in before)
    tambah(cast, angkatan, 7, keterangan="Peserta menyusun rencana tindak lanjut bersama fasilitator kecamatan. " * 1)
    after = pages()
    assert len(after) == len(before) + 2
    assert [text.count("Peserta menyusun") for text in after[-2:]] == [6, 1]
