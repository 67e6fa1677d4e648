"""What the pages of nomination show, and in how many queries."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from pelatihan.actions.seleksi import approve, reject
from pelatihan.exports_usulan import pesan_whatsapp, surat_hasil, surat_usulan
from pelatihan.models import Calon, Undangan
from pelatihan.queries.seleksi import daftar_usulan, papan
from pelatihan.queries.usulan import perempuan_of, rincian_usulan
from tests.factories import AngkatanFactory, CalonFactory, OrangFactory, PesertaFactory
from tests.factories.usulan import nip
from tests.pelatihan.dunia_usulan import DUA, SATU, World, angkatan_tot, undangan_of, usulan_masuk


pytestmark = pytest.mark.django_db
Asserts = Callable[..., Any]


def warned(calon: Calon) -> list[str]:
    undangan = Undangan.objects.select_related("angkatan__program", "wilayah", "usulan").get(pk=calon.usulan_id)
    (found,) = [satu for satu in rincian_usulan(undangan).baris if satu.calon == calon]
    return found.peringatan


def test_whoever_is_trained_or_being_trained_elsewhere_is_pointed_out(wilayah: World) -> None:
    _angkatan, (calon,) = usulan_masuk(wilayah, 1)
    orang = OrangFactory(nip=calon.nip)
    past = AngkatanFactory(program__wilayah=wilayah["0"], status="ditutup", nama="ToT 1")
    running = AngkatanFactory(program__wilayah=wilayah["0"], status="berlangsung", nama="ToT 2")
    workshop = AngkatanFactory(program__wilayah=wilayah["0"], program__jenis="lokakarya", status="ditutup")
    for other, status in ((past, "lulus"), (running, "terdaftar"), (workshop, "lulus")):
        PesertaFactory(angkatan=other, orang=orang, status=status, wilayah=wilayah[SATU])
    assert sorted(warned(calon)) == ["Pernah dilatih: ToT 1 (lulus).", "Peserta angkatan lain yang berjalan: ToT 2."]


def test_whoever_is_proposed_by_two_kabupaten_is_pointed_out_at_both(wilayah: World) -> None:
    angkatan, (calon,) = usulan_masuk(wilayah, 1)
    other = CalonFactory(usulan=undangan_of(angkatan, wilayah[DUA], terkirim=True).usulan, nip=calon.nip)
    assert warned(calon) == warned(other) == ["Juga diusulkan kabupaten/kota lain dalam angkatan ini."]


@pytest.mark.parametrize(("months", "soon"), [(-1, True), (11, True), (13, False)])
def test_whoever_retires_within_a_year_is_pointed_out_with_the_assumption(
    wilayah: World, months: int, soon: bool
) -> None:
    _angkatan, (calon,) = usulan_masuk(wilayah, 1)
    day = timezone.localdate() + datetime.timedelta(days=months * 30)
    Calon.objects.update(nip=nip(7, born=f"{day.year - 58}{day:%m}{min(day.day, 28):02}"))
    calon.refresh_from_db()
    told = ["Pensiun kurang dari satu tahun lagi (asumsi batas usia 58 tahun)."] if soon else []
    assert warned(calon) == told


def test_the_number_of_a_contract_is_pointed_out(wilayah: World) -> None:
    _angkatan, (calon,) = usulan_masuk(wilayah, 1)
    Calon.objects.update(nip="198503122022212001")
    calon.refresh_from_db()
    assert "PPPK" in warned(calon)[0]


def test_differences_from_a_known_person_are_for_those_who_run_the_cohort(wilayah: World) -> None:
    _angkatan, (calon,) = usulan_masuk(wilayah, 1)
    OrangFactory(nip=calon.nip, nama="Lain", jabatan="analis")
    undangan = Undangan.objects.select_related("angkatan__program", "wilayah", "usulan").get()
    assert rincian_usulan(undangan, kelola=True).baris[0].beda == ["Di portal tercatat nama “Lain”."]
    assert rincian_usulan(undangan).baris[0].beda == []


def test_women_are_counted_among_those_whose_sex_is_known() -> None:
    found = perempuan_of(["P", "L", "P", ""])
    assert (found.n, found.dari, found.tidak_diketahui) == (2, 3, 1)
    assert perempuan_of([]).porsi is None


def test_a_required_office_that_nobody_was_proposed_for_is_named(wilayah: World) -> None:
    _angkatan, _calon = usulan_masuk(wilayah, 3)
    undangan = Undangan.objects.select_related("angkatan__program", "wilayah", "usulan").get()
    rincian = rincian_usulan(undangan)
    assert [satu.nama for satu in rincian.tanpa_wakil] == ["Inspektorat"]
    assert [satu.lebih for satu in rincian.baris] == [False, False, True]
    assert rincian.kuota == 3


def test_the_list_adds_up_and_tells_who_did_not_propose(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    approve(**by, calon=[satu.pk for satu in calon[:3]])
    reject(**by, calon=[calon[3].pk], alasan="Akan pensiun")
    daftar = daftar_usulan(angkatan)
    one, two = daftar.baris
    assert (one.merah, two.merah, two.undangan, two.angka.belum) == (False, True, None, 1)
    for name in vars(daftar.jumlah):
        assert getattr(daftar.jumlah, name) == sum(getattr(satu.angka, name) for satu in daftar.baris)
    total = daftar.jumlah
    assert (total.kuota, total.diusulkan, total.disetujui, total.cadangan, total.ditolak) == (4, 4, 2, 1, 1)
    assert (total.terbuka, daftar.sisa, daftar.perempuan.n) == (0, 2, 2)
    assert [satu.nama for satu in daftar.tanpa_wakil] == ["Inspektorat"]
    assert vars(papan([angkatan])[angkatan.pk]) == vars(total)


def test_a_draft_is_no_proposal_yet(wilayah: World) -> None:
    angkatan = angkatan_tot(wilayah)
    CalonFactory(usulan=undangan_of(angkatan, wilayah[SATU]).usulan)
    daftar = daftar_usulan(angkatan)
    assert (daftar.jumlah.diusulkan, daftar.jumlah.belum) == (0, 2)
    assert [satu.merah for satu in daftar.baris] == [True, True]


def test_more_people_and_cohorts_cost_no_more_queries(wilayah: World, django_assert_num_queries: Asserts) -> None:
    rows = [usulan_masuk(wilayah, many)[0] for many in (1, 6)]
    undangan = list(Undangan.objects.select_related("angkatan__program__wilayah", "wilayah", "usulan"))
    for satu in undangan:
        with django_assert_num_queries(6):
            rincian_usulan(satu, kelola=True)
    for satu in rows:
        with django_assert_num_queries(10):
            daftar_usulan(satu)
    for some in (rows[:1], rows):
        with django_assert_num_queries(3):
            papan(some)
    bare = AngkatanFactory(program__wilayah=wilayah["11"])
    assert [satu.ada for satu in papan([*rows, bare]).values()] == [True, True, False]


def test_the_letters_hold_everybody_exactly_once(cast: SimpleNamespace, wilayah: World) -> None:
    angkatan, calon = usulan_masuk(wilayah)
    by = {"by": cast.admin_provinsi, "angkatan": angkatan}
    approve(**by, calon=[satu.pk for satu in calon[:3]])
    reject(**by, calon=[calon[3].pk], alasan="Akan pensiun")
    undangan = Undangan.objects.select_related("angkatan__program__wilayah", "wilayah", "usulan").get()
    rincian = rincian_usulan(undangan)
    tables = [part.tabel for part in surat_hasil(rincian).bagian if part.tabel]
    assert sorted(row[1] for tabel in tables for row in tabel.baris) == sorted(satu.nama for satu in calon)
    assert tables[-1].baris[0][3] == "Akan pensiun"
    assert "2 diterima, 1 cadangan, 1 belum diterima" in pesan_whatsapp(rincian)
    assert calon[0].nama not in pesan_whatsapp(rincian)
    usulan = surat_usulan(rincian)
    assert usulan.judul[1] == "NOMOR 800/1"
    assert [row[5] for row in usulan.bagian[1].tabel.baris] == ["Bappeda"] * 2 + ["Bappeda (cadangan)"] * 2  # type: ignore[union-attr]
