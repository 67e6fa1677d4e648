"""Real figures of real villages: IDM 2024 of 38,568 desa, Podes 2024 of one kabupaten.

What the files say is read a second time here, with nothing but the csv module.
"""

import csv
import gzip
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from django.conf import settings

from kecamatan.importers.acuan import impor_bidang
from kecamatan.importers.wilayah import daftar_resmi, impor_wilayah
from kecamatan.models import Wilayah
from layanan_dasar.actions.nilai import HasilNilai, impor_nilai
from layanan_dasar.importers.katalog import impor_indikator, impor_peta_kolom
from layanan_dasar.models import Capaian, PetaKolom
from p3pd_portal.lib.compressed import open_plain
from p3pd_portal.lib.periode import Periode


pytestmark = [pytest.mark.nyata, pytest.mark.django_db]
FIXTURES = settings.BASE_DIR / "fixtures"
LAMONGAN = "35.24"


def folder() -> Path:
    return Path(os.environ["PORTAL_DATA_NYATA"]) / "indikator"


@pytest.fixture
def negara(db: None) -> None:
    impor_bidang(FIXTURES / "bidang.yaml")
    impor_indikator(FIXTURES / "indikator")
    impor_peta_kolom(FIXTURES / "peta_kolom.yaml")
    impor_wilayah(daftar_resmi())


def take(name: str, peta: str, *, simpan: bool = True) -> HasilNilai:
    with open_plain(folder() / name) as file:
        return impor_nilai(file, peta=PetaKolom.objects.get(kode=peta), periode=Periode.parse("2024"), simpan=simpan)


def test_idm_of_the_whole_country(negara: None) -> None:
    with gzip.open(folder() / "idm_2024.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = set(Wilayah.objects.in_force().filter(tingkat=4).values_list("kode", flat=True))
    assert len(rows) == 38_568
    here = [row for row in rows if row["kode_desa"] in known and row["idm"]]
    assert sum(not row["idm"] for row in rows) == 2  # without scores: missing, not zero
    preview = take("idm_2024.csv.gz", "idm", simpan=False)
    assert not Capaian.objects.exists()
    hasil = take("idm_2024.csv.gz", "idm")
    assert preview == hasil
    assert (hasil.desa, hasil.baru, hasil.sama) == (len(here), 4 * len(here), 0)
    assert hasil.tak_dikenal == sorted({row["kode_desa"] for row in rows} - known)
    assert 0.97 < len(here) / len(rows) < 1
    assert take("idm_2024.csv.gz", "idm").sama == 4 * len(here)

    below: dict[str, list[Decimal]] = defaultdict(list)
    for row in here:
        kode = row["kode_desa"]
        for atas in ("0", kode[:2], kode[:5], kode[:8], kode):
            below[atas].append(Decimal(row["idm"]))
    stored = {
        satu.wilayah.kode: satu
        for satu in Capaian.objects.filter(indikator="IDM-IDM", periode="2024").select_related("wilayah")
    }
    assert stored.keys() == below.keys()
    for kode, values in below.items():
        satu = stored[kode]
        assert (satu.terendah, satu.tertinggi, satu.n_data) == (min(values), max(values), len(values)), kode
        assert abs((satu.nilai or 0) - Decimal(median(values))) <= Decimal("0.0001"), kode


def test_podes_of_lamongan(negara: None) -> None:
    with (folder() / "podes2024_lamongan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hasil = take("podes2024_lamongan.csv", "podes2024")
    assert (hasil.desa, hasil.tak_dikenal) == (225, [])
    schools = sum(int(row["sd_negeri"]) + int(row["sd_swasta"]) for row in rows)
    toilets = sum(row["fasilitas_bab"] == "Jamban sendiri" for row in rows)
    kabupaten = {satu.indikator_id: satu for satu in Capaian.objects.filter(wilayah__kode=LAMONGAN)}
    assert (kabupaten["PODES-SD"].nilai, kabupaten["PODES-SD"].n_data, kabupaten["PODES-SD"].n_desa) == (
        schools, 225, 474,
    )  # fmt: skip
    jamban = kabupaten["PODES-JAMBAN"]
    assert (jamban.pembilang, jamban.penyebut) == (toilets, 225)
    dark = sum(int(row["keluarga_tanpa_listrik"]) for row in rows)
    assert kabupaten["PODES-LISTR"].pembilang == dark
    missing = Wilayah.objects.in_force().filter(kode__startswith=f"{LAMONGAN}.", tingkat=4)
    assert missing.exclude(capaian__indikator="PODES-SD").count() == 249
