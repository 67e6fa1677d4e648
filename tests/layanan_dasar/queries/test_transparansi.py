"""The six items of Permendagri 73/2020 of a desa, and which desa of a kecamatan publish them."""

import datetime
from decimal import Decimal

import pytest

from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from layanan_dasar.models import APBDes, TotalAPBDes
from layanan_dasar.queries import transparansi as queries
from layanan_dasar.queries.kualitas import KualitasWilayah
from layanan_dasar.queries.transparansi import Transparansi
from tests.factories import APBDesFactory, BarisAPBDesFactory


pytestmark = pytest.mark.usefixtures("acuan")
A1, A2, B1 = "11.01.01.2001", "11.01.01.2002", "11.01.02.2001"
LATER, MEANWHILE = datetime.date(2026, 2, 1), datetime.date(2025, 9, 1)
JUTA = 1_000_000


@pytest.fixture
def a1(wilayah: dict[str, Wilayah]) -> APBDes:
    """Revenue 100, spending 90, SiLPA of the year before 5 (million); nothing reported."""
    apbdes = APBDesFactory(desa=wilayah[A1])
    for rekening, juta in (("4.2.1.01", 80), ("4.1.1.01", 20), ("6.1.1.01", 5)):
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="", kode_rekening=rekening, anggaran=juta * JUTA)
    for kegiatan, juta in (("02.02.02", 40), ("02.03.10", 30), ("01.01.01", 20)):
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan=kegiatan, anggaran=juta * JUTA)
    return apbdes


def report(apbdes: APBDes, semester: int = 2, **juta: int) -> None:
    """Realisation in million by code, e.g. k020202=40 or r42101=80; what is not named stays unreported."""
    for name, value in juta.items():
        digits = name[1:]
        if name[0] == "k":
            lines = apbdes.baris.filter(kode_kegiatan=f"{digits[:2]}.{digits[2:4]}.{digits[4:]}")
        else:
            lines = apbdes.baris.filter(kode_rekening=f"{digits[0]}.{digits[1]}.{digits[2]}.{digits[3:]}")
        assert lines.update(**{f"realisasi_s{semester}": value * JUTA}) == 1


def isi(kode: str = A1, hari: datetime.date = LATER, tahun: int = 2025) -> Transparansi:
    rebuild(tahun)
    return queries.transparansi(KualitasWilayah(Wilayah.objects.get(kode=kode)), tahun, hari)


def terbit(found: Transparansi) -> list[int]:
    return [satu.nomor for satu in found.butir if satu.terbit]


def keadaan(found: Transparansi) -> dict[str, str]:
    return {satu.kode: satu.keadaan for satu in found.kegiatan}


def pos(found: Transparansi, kode: str) -> tuple[int | None, int | None]:
    (satu,) = (satu for satu in found.postur if satu.kode == kode)
    return tuple(None if value is None else value // JUTA for value in (satu.anggaran, satu.realisasi))  # type: ignore[return-value]


def test_without_a_budget_every_item_has_a_reason_an_owner_and_a_next_step(wilayah: dict[str, Wilayah]) -> None:
    found = isi()
    assert terbit(found) == []
    assert all(satu.alasan and satu.pemilik and satu.langkah for satu in found.butir)
    assert "Belum ada APBDes tahun 2025" in str(found.butir[0].alasan)
    assert "kepala desa" in str(found.butir[1].pemilik)
    assert (found.postur, found.kegiatan, found.silpa) == ((), (), None)


def test_a_budget_without_a_report_shows_the_budget_alone(a1: APBDes) -> None:
    found = isi()
    assert terbit(found) == [1]
    assert (found.semester, found.tutup) == (None, False)
    assert [satu.kode for satu in found.postur] == [
        "4", "4.1", "4.2", "5", "01", "02", "03", "04", "05", "4-5", "6.1",
    ]  # fmt: skip
    assert [pos(found, kode) for kode in ("4", "5", "02", "03", "4-5", "6.1")] == [
        (100, None), (90, None), (70, None), (0, None), (10, None), (5, None),
    ]  # fmt: skip
    assert all("belum dilaporkan" in str(found.butir[nomor - 1].alasan) for nomor in (3, 4, 5, 6))


def test_a_full_report_of_a_year_that_ended_shows_everything_but_the_teams(a1: APBDes) -> None:
    report(a1, k020202=40, k020310=25, k010101=0, r42101=80, r41101=15, r61101=5)
    found = isi()
    assert terbit(found) == [1, 3, 4, 5, 6]
    assert (found.tutup, found.semester) == (True, 2)
    assert keadaan(found) == {"01.01.01": "nol", "02.02.02": "penuh", "02.03.10": "kurang"}
    assert [satu.kode for satu in found.belum_selesai] == ["01.01.01", "02.03.10"]
    assert {str(satu.keterangan) for satu in found.belum_selesai} == {
        "tidak ada realisasi sampai akhir tahun", "realisasi di bawah anggaran sampai akhir tahun",
    }  # fmt: skip
    assert (pos(found, "5"), found.belanja.persen) == ((90, 65), Decimal(65) / 90)
    assert (found.belanja.sisa, found.silpa) == (25 * JUTA, (95 - 65 + 5) * JUTA)
    assert found.n_belum_dilaporkan == 0


def test_what_nobody_reported_is_never_zero(a1: APBDes) -> None:
    report(a1, k020202=40)
    found = isi()
    assert keadaan(found)["01.01.01"] == keadaan(found)["02.03.10"] == "belum_dilaporkan"
    assert [satu.realisasi for satu in found.kegiatan] == [None, 40 * JUTA, None]
    assert pos(found, "01") == (20, None)
    assert pos(found, "4") == (100, None)
    assert (found.silpa, found.n_belum_dilaporkan) == (None, 2)


def test_silpa_waits_for_the_financing_that_was_budgeted(a1: APBDes) -> None:
    report(a1, k020202=40, k020310=30, k010101=20, r42101=80, r41101=20)
    assert isi().silpa is None
    report(a1, r61101=5)
    assert isi().silpa == 15 * JUTA


@pytest.mark.parametrize(
    ("semester", "per_tanggal", "hari"),
    [
        pytest.param(2, None, MEANWHILE, id="the year runs"),
        pytest.param(1, None, LATER, id="only the first semester was reported"),
        pytest.param(2, datetime.date(2025, 10, 31), LATER, id="reported as of October"),
    ],
)
def test_nothing_is_called_undone_before_the_whole_year_is_reported(
    semester: int, per_tanggal: datetime.date | None, hari: datetime.date, a1: APBDes
) -> None:
    APBDes.objects.update(per_tanggal=per_tanggal)
    report(a1, semester, k020202=40, k020310=25, k010101=0)
    found = isi(hari=hari)
    assert (found.tutup, found.semester) == (False, semester)
    assert [str(satu.keterangan) for satu in found.belum_selesai] == [
        "belum ada realisasi sampai laporan ini", "belum terserap seluruhnya sampai laporan ini",
    ]  # fmt: skip


def test_a_report_dated_after_the_year_is_the_whole_year(a1: APBDes) -> None:
    APBDes.objects.update(per_tanggal="2026-01-10")
    report(a1, k020202=40)
    assert isi().tutup


def test_a_kegiatan_of_several_lines_is_reported_when_all_are(a1: APBDes) -> None:
    BarisAPBDesFactory(apbdes=a1, kode_rekening="5.3.1.01", anggaran=10 * JUTA, realisasi_s1=1)
    a1.baris.filter(kode_kegiatan="02.02.02", kode_rekening="5.2.1.01").update(realisasi_s2=30 * JUTA)
    found = isi()
    assert keadaan(found)["02.02.02"] == "sebagian_dilaporkan"
    assert found.n_belum_dilaporkan == 3
    a1.baris.filter(kode_rekening="5.3.1.01").update(realisasi_s2=20 * JUTA)
    assert keadaan(isi())["02.02.02"] == "penuh"


def test_spending_without_a_budget_is_named_and_not_called_unfinished(a1: APBDes) -> None:
    BarisAPBDesFactory(apbdes=a1, kode_kegiatan="05.01.00", anggaran=None, realisasi_s2=3 * JUTA)
    found = isi()
    assert keadaan(found)["05.01.00"] == "tanpa_anggaran"
    assert "05.01.00" not in [satu.kode for satu in found.belum_selesai]


def test_local_codes_are_called_what_the_village_calls_them(a1: APBDes) -> None:
    BarisAPBDesFactory(apbdes=a1, kode_kegiatan="02.04.90", uraian="Jambanisasi Dusun I")
    BarisAPBDesFactory(apbdes=a1, kode_kegiatan="02.02.03", uraian="Belanja Barang")
    names = {satu.kode: satu.nama for satu in isi().kegiatan}
    assert names["02.04.90"] == "Jambanisasi Dusun I"
    assert names["02.02.03"] not in ("", "Belanja Barang")


def test_a_summary_by_chapter_has_no_kegiatan_and_says_so(wilayah: dict[str, Wilayah]) -> None:
    apbdes = APBDesFactory(desa=wilayah[B1], cakupan_belanja="bidang", cakupan_pendapatan="tidak_ada")
    for kode, realisasi in (("01", 20), ("02", None)):
        BarisAPBDesFactory(
            apbdes=apbdes, kode_kegiatan=kode, kode_rekening="", anggaran=50 * JUTA,
            realisasi_s2=realisasi and realisasi * JUTA,
        )  # fmt: skip
    TotalAPBDes.objects.create(apbdes=apbdes, kode="silpa", uraian="SiLPA", realisasi_s2=7)
    found = isi(B1)
    assert terbit(found) == [1, 3, 6]
    assert "belum dirinci sampai kegiatan" in str(found.butir[3].alasan)
    assert [pos(found, kode) for kode in ("01", "02", "4", "6")] == [(50, 20), (50, None), (None, None), (None, None)]
    assert (found.kegiatan, found.silpa, found.silpa_desa.realisasi) == ([], None, 7)


def test_a_chapter_stated_only_as_a_total_is_reported(wilayah: dict[str, Wilayah]) -> None:
    apbdes = APBDesFactory(desa=wilayah[B1], cakupan_belanja="bidang")
    TotalAPBDes.objects.create(apbdes=apbdes, kode="03", anggaran=9 * JUTA, realisasi_s1=4 * JUTA)
    found = isi(B1)
    assert pos(found, "03") == (9, 4)
    assert found.semester == 1


def test_only_the_budget_in_force_is_shown(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    APBDes.objects.filter(pk=a1.pk).update(berlaku=False)
    assert terbit(isi()) == []
    change = APBDesFactory(desa=wilayah[A1], jenis="perubahan", urutan_perubahan=1)
    BarisAPBDesFactory(apbdes=change, anggaran=7 * JUTA)
    found = isi()
    assert (found.apbdes, pos(found, "5")) == (change, (7, None))


def test_the_kecamatan_lists_its_desa_with_what_they_publish(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    report(a1, k020202=40)
    rebuild(2025)
    daftar = queries.transparansi_kecamatan(wilayah["11.01.01"], 2025)
    assert {satu.wilayah.nama: satu.terbit for satu in daftar.rows} == {
        "A1": (True, False, True, True, True, True),
        "A2": (False,) * 6,
        "A3": None,
    }
    assert (daftar.n_desa, daftar.jumlah) == (2, [1, 0, 1, 1, 1, 1])


def test_the_list_and_the_page_of_a_desa_agree(a1: APBDes, wilayah: dict[str, Wilayah]) -> None:
    report(a1, r42101=80)
    page = tuple(satu.terbit for satu in isi().butir)
    rows = queries.transparansi_kecamatan(wilayah["11.01.01"], 2025).rows
    assert next(satu.terbit for satu in rows if satu.wilayah.kode == A1) == page == (True, False, True) + (False,) * 3


def test_a_kecamatan_of_kelurahan_alone_counts_nothing(wilayah: dict[str, Wilayah]) -> None:
    Wilayah.objects.filter(kode__in=(A1, A2)).update(berlaku_sampai="2025-01-01")
    daftar = queries.transparansi_kecamatan(wilayah["11.01.01"], 2025)
    assert (daftar.n_desa, daftar.jumlah, len(daftar.rows)) == (0, [], 1)
