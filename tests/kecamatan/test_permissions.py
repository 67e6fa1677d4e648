import re

import pytest

from kecamatan.models import Penugasan, Tingkat
from kecamatan.permissions import PERAN, Izin, Peran
from tests.conftest import CAST


LIHAT, IMPOR, AKUN, TIM = "lihat_data_kerja", "impor_apbdes", "kelola_akun", "kelola_tim"
UNIT, WILAYAH = "kelola_unit", "kelola_wilayah"
KELOLA = {
    UNIT,
    "impor_angka",
    "kelola_hari_libur",
    "kelola_pesan",
    "kelola_pemetaan",
    "lihat_audit",
    "kelola_delegasi",
    "kelola_pelatihan",
    "kelola_kunci_api",
    "buka_kunci",
}
ISI, VERIFIKASI = "isi_capaian", "verifikasi_capaian"
EVALUASI = {"nilai_apbdes", "kelola_kop_surat"}
JAWAB, SURVEI = "jawab_pengaduan", "kelola_survei"
MEJA = {JAWAB, "kelola_pengaduan"}
PUTUS = {*MEJA, "putuskan_pengaduan"}
ROLES = {
    "admin_pusat": ({0}, {LIHAT, IMPOR, AKUN, WILAYAH, SURVEI, "kelola_perhitungan", *KELOLA, *PUTUS}),
    "pemantau_pusat": ({0}, {LIHAT}),
    "sekretariat_bersama": ({0}, {LIHAT}),
    "admin_provinsi": ({1}, {LIHAT, AKUN, "kelola_pelatihan", *PUTUS}),
    "admin_kabupaten": ({2}, {LIHAT, IMPOR, AKUN, SURVEI, *KELOLA, *PUTUS}),
    "sekda": ({2}, set()),
    "opd_kabupaten": ({2}, {LIHAT, JAWAB}),
    "inspektorat": ({2}, {LIHAT, JAWAB, "awasi_wbs"}),
    "pelatih_kabupaten": ({2}, {LIHAT}),
    "penyedia": ({0, 1, 2}, set()),
    "camat": ({3}, {LIHAT, TIM, *EVALUASI, VERIFIKASI, "sahkan_capaian", SURVEI, *PUTUS}),
    "sekcam": ({3}, {LIHAT, TIM, *EVALUASI, VERIFIKASI, SURVEI, *PUTUS}),
    "verifikator": ({3}, {LIHAT, VERIFIKASI}),
    "operator_kecamatan": ({3}, {LIHAT, IMPOR, TIM, UNIT, ISI, "impor_angka", SURVEI, *MEJA}),
    "fasilitator": ({3}, {LIHAT}),
    "ptpd": ({3}, {LIHAT}),
    "upt_kesehatan": ({3}, {LIHAT, ISI, JAWAB, SURVEI}),
    "upt_pendidikan": ({3}, {LIHAT, ISI, JAWAB, SURVEI}),
    "pendamping": ({3}, {LIHAT}),
    "kades": ({4}, {LIHAT, JAWAB}),
    "operator_desa": ({4}, {LIHAT, IMPOR, ISI, JAWAB}),
    "bpd": ({4}, {LIHAT}),
}


def test_the_roles_and_what_each_may_do() -> None:
    """Written a second time on purpose: a change of rights has to be made in two places."""
    assert {kode: (set(peran.tingkat), set(peran.izin)) for kode, peran in PERAN.items()} == ROLES


def test_an_assignment_offers_exactly_these_roles() -> None:
    assert Penugasan._meta.get_field("peran").choices == [(kode, peran.label) for kode, peran in PERAN.items()]


def test_every_role_plays_in_the_cast_at_a_level_it_is_given_for() -> None:
    level = {1: Tingkat.NASIONAL, 2: Tingkat.PROVINSI, 5: Tingkat.KABUPATEN, 8: Tingkat.KECAMATAN, 13: Tingkat.DESA}
    levels = {peran: level[len(kode)] for peran, kode in CAST.values()}
    assert {kode: levels[kode] in peran.tingkat for kode, peran in PERAN.items()} == dict.fromkeys(ROLES, True)


@pytest.mark.parametrize("peran", PERAN.values(), ids=lambda peran: peran.kode)
def test_a_role_is_complete(peran: Peran) -> None:
    assert re.fullmatch(r"[a-z_]{1,30}", peran.kode)
    assert peran.label
    assert peran.keterangan.endswith(".")
    assert Izin.LIHAT_DATA_KERJA in peran.izin or not peran.izin
    assert peran.tingkat
    assert peran.tingkat <= set(Tingkat)


def test_no_permission_is_left_without_a_role() -> None:
    assert frozenset.union(*(peran.izin for peran in PERAN.values())) == set(Izin)


def test_only_roles_that_work_for_some_desa_take_a_list() -> None:
    listed = {kode for kode, peran in PERAN.items() if peran.daftar_desa}
    assert listed == {"ptpd", "upt_kesehatan", "upt_pendidikan", "pendamping"}


def test_every_permission_is_worded_for_the_page_of_roles() -> None:
    assert all(izin.label == izin.label.strip() and " " in izin.label for izin in Izin)
