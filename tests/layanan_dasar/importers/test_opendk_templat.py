"""OpenDK's indicator templates, known by their header; what fits none is told what it seems to be."""

from collections.abc import Sequence

import pytest

from layanan_dasar.importers.opendk_sarana import INDIKATOR
from layanan_dasar.importers.opendk_templat import TEMPLAT, Templat, find_templat
from layanan_dasar.models import Indikator, PetaKolom
from p3pd_portal.lib.spreadsheet import Rejected, read_table
from tests.layanan_dasar import opendk
from tests.layanan_dasar.opendk import csv


pytestmark = pytest.mark.django_db


def test_the_templates_fit_the_catalogue() -> None:
    """Every indicator of OpenDK comes from one template, as often as the catalogue says."""
    opendk.load_katalog()
    of = {kode: templat.frekuensi for templat in TEMPLAT for kode in templat.figures}
    of |= dict.fromkeys(INDIKATOR.values(), "Y")
    assert of == dict(Indikator.objects.values_list("kode", "frekuensi"))
    assert sum(len(templat.figures) for templat in TEMPLAT) + len(INDIKATOR) == len(of)


@pytest.mark.parametrize(
    ("header", "nama"),
    [
        (opendk.AKI, "AKI & AKB"),
        (opendk.IMUNISASI, "Cakupan Imunisasi"),
        (opendk.EPIDEMI, "Epidemi Penyakit"),
        (opendk.SANITASI, "Toilet & Sanitasi"),
        (opendk.PENDIDIKAN, "Tingkat Pendidikan"),
        (opendk.PUTUS, "Putus Sekolah"),
        (opendk.PAUD, "Fasilitas PAUD"),
    ],
)
def test_a_template_is_known_by_its_header_in_any_order(header: Sequence[str], nama: str) -> None:
    for names in (header, [name.upper() for name in reversed(header)], [*header, "catatan"]):
        templat = find_templat(read_table(csv(names)))
        assert isinstance(templat, Templat)
        assert templat.nama == nama


def test_the_long_form_is_no_template() -> None:
    assert find_templat(read_table(csv(("kode_desa", "indikator", "periode", "pembilang", "penyebut")))) is None


@pytest.mark.parametrize(
    ("header", "pesan"),
    [
        (("desa_id", "jumlah_aki"), "seperti templat OpenDK AKI & AKB, tetapi tanpa kolom jumlah_akb"),
        (opendk.PUTUS[:6], "Putus Sekolah, tetapi tanpa kolom siswa_sma_ma, anak_usia_sma_ma"),
        ((*opendk.AKI, "cakupan_imunisasi"), "templat AKI & AKB dan Cakupan Imunisasi sekaligus"),
        (("no_akun", "nama_akun", "jumlah"), "templat APBDes"),
        (("total_anggaran", "total_belanja", "belanja_modal"), "uang kantor kecamatan"),
    ],
)
def test_what_is_no_whole_template_is_refused_with_what_it_seems_to_be(header: Sequence[str], pesan: str) -> None:
    with pytest.raises(Rejected, match=pesan):
        find_templat(read_table(csv(header)))


def test_a_file_that_fits_nothing_is_told_the_known_shapes() -> None:
    with pytest.raises(Rejected) as caught:
        find_templat(read_table(csv(("kode_desa", "idm"))))
    text = str(caught.value)
    assert "bentuk panjang (kode_desa, indikator, periode, pembilang, penyebut)" in text
    assert "Fasilitas PAUD (jumlah_paud_ra, jumlah_guru_paud_ra, jumlah_siswa_paud_ra)" in text
    assert "(yang ada: belum ada)" in text
    PetaKolom.objects.create(kode="idm", nama="IDM", kolom_kode="kode_desa", aturan=[])
    with pytest.raises(Rejected, match=r"\(yang ada: idm\)"):
        find_templat(read_table(csv(("kode_desa", "idm"))))
