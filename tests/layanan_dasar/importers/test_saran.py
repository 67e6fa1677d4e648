"""What the name of a local kegiatan suggests."""

import pytest
from django.conf import settings

from layanan_dasar.importers.saran import suggest, why_not
from layanan_dasar.models import Kelas, Tag
from layanan_dasar.models.kualitas import KODE_BIDANG
from p3pd_portal.lib.berkas_yaml import read_yaml


RULES = read_yaml(settings.BASE_DIR / "fixtures" / "saran_pemetaan.yaml")

# The local examples of two sets of codes in use, and names as villages write them.
SUGGESTED = [
    ("02.02.90", "Penyediaan air bersih/sanitasi/jambanisasi/MCK", "SAB", "I"),
    ("02.02.90", "Penyuluhan pencegahan narkotika", "KES", "T"),
    ("02.04.90", "Jambanisasi", "SAB", "I"),
    ("02.01.90", "PMTAS bagi anak sekolah", "PDK", "I"),
    ("02.02.96", "Kesehatan masyarakat miskin", "KES", "I"),
    ("04.04.95", "Rembuk stunting", "KES", "I"),
    ("02.03.95", "Pembangunan jamban publik", "SAB", "I"),
    ("02.03.97", "Pengelolaan sampah", "SAB", "T"),
    ("01.03.90", "Pendataan SDGs Desa", "ADM", "I"),
    ("04.04.93", "Santunan kelompok rentan", "JSO", "I"),
    ("05.03.90", "BLT Dana Desa", "JSO", "I"),
    ("02.02.91", "INSENTIF KADER POSYANDU", "KES", "I"),
    ("02.01.91", "Beasiswa mahasiswa tidak mampu", "PDK", "I"),
    ("01.03.91", "Fasilitasi akta kelahiran", "ADM", "I"),
    ("04.04.90", "Bantuan alat bantu penyandang disabilitas", "JSO", "T"),
]


@pytest.mark.parametrize(("kode", "nama", "bidang", "kelas"), SUGGESTED, ids=[nama for _, nama, _, _ in SUGGESTED])
def test_a_name_suggests_a_service(kode: str, nama: str, bidang: str, kelas: str) -> None:
    saran = suggest(nama, kode)
    assert saran
    assert (saran.bidang, saran.kelas) == (bidang, kelas)
    assert saran.kata in nama.lower()


@pytest.mark.parametrize(
    ("nama", "tag"),
    [
        ("Rembuk stunting", ("stunting",)),
        ("BLT Desa", ("blt",)),
        ("Ketahanan pangan nabati", ("ketahanan_pangan",)),
        ("Pengurukan lahan Koperasi Desa Merah Putih", ("kdmp",)),
        ("Padat karya tunai", ("pktd",)),
    ],
)
def test_a_name_suggests_a_theme(nama: str, tag: tuple[str, ...]) -> None:
    saran = suggest(nama)
    assert saran
    assert saran.tag == tag


@pytest.mark.parametrize(
    "nama",
    [
        "",
        "Pembangunan jalan desa",
        "Jalan menuju mata air",  # a road, whatever it leads to
        "Atlet PON",  # "tk" and "tpa" are words, not letters within words
        "Peningkatan jalan ke TPA",
        "Pelatihan perangkat desa bidang pendidikan politik",
    ],
)
def test_other_names_suggest_nothing(nama: str) -> None:
    assert suggest(nama) is None


def test_a_word_that_needs_its_chapter_suggests_nothing_elsewhere() -> None:
    assert suggest("Pendataan potensi wisata", "02.08.90") is None


def test_social_security_of_officials_is_not_suggested_as_social_protection() -> None:
    assert suggest("Santunan yatim", "04.04.93")
    assert suggest("Santunan perangkat desa", "01.01.03") is None


@pytest.mark.parametrize(
    ("kode", "bidang", "refused"),
    [
        ("01.01.03", "JSO", True),
        ("01.01.09", "JSO", True),
        ("01.01.90", "JSO", True),
        ("02.03.10", "SAB", True),
        ("02.03.95", "SAB", False),  # a kabupaten may keep its public latrines there
        ("02.04.03", "SAB", False),
        ("01.01.03", "", False),
    ],
)
def test_some_kegiatan_never_serve_some_service(kode: str, bidang: str, refused: bool) -> None:
    assert bool(why_not(kode, bidang)) is refused


def test_every_rule_names_what_exists() -> None:
    for rule in RULES["saran"]:
        assert rule["kata"]
        assert all(kata == kata.lower() for kata in rule["kata"])
        assert (rule.get("bidang") in KODE_BIDANG) == (rule.get("kelas") in Kelas.values)
        assert set(rule.get("tag", [])) <= set(Tag.values) - {Tag.K30}
    assert all(rule["bidang"] in KODE_BIDANG and rule["alasan"] for rule in RULES["larangan"])
