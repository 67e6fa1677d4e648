"""Policies of the addresses of training: a cohort that KABUPATEN organises, with a class that the provider of the cast
runs and the trainer of the cast teaches."""

from dataclasses import dataclass

from kecamatan.permissions import PERAN, Izin
from tests.kebijakan import Diri, Kerja, Person, Policy, Publik, Terbuka


KABUPATEN = "11.01"
KELOLA = Izin.KELOLA_PELATIHAN


@dataclass(frozen=True)
class Kelas:
    """A class: for those who run its cohort, its provider and its trainer; for everybody else it does not exist (404).

    `hanya_kelola`: what only those who run the cohort do; provider and trainer are told so (403)."""

    get: int = 405
    post: int = 405
    hanya_kelola: bool = False

    def outcome(self, person: Person, method: str) -> int | None:
        status = self.get if method == "get" else self.post
        if not person.has_account:
            return 302
        if status == 405:
            return 405
        if person.works_in(KABUPATEN) and KELOLA in PERAN[person.peran].izin:
            return status
        if person.peran in ("penyedia", "pelatih_kabupaten"):
            return 403 if self.hanya_kelola else status
        return 404


@dataclass(frozen=True)
class Ikut:
    """A page of one participant, the camat of the cast: for everybody else it does not exist (404)."""

    get: int = 405
    post: int = 405

    def outcome(self, person: Person, method: str) -> int | None:
        if not person.has_mfa:
            return 302
        status = self.get if method == "get" else self.post
        return status if status == 405 or person.name == "camat_a" else 404


@dataclass(frozen=True)
class Usul:
    """A proposal of KABUPATEN: for its Sekda and those who run the cohort; for everybody else it does not exist (404).
    Offices without an account come in by a cookie, which nobody here has."""

    get: int = 405
    post: int = 405

    def outcome(self, person: Person, method: str) -> int | None:
        if not person.has_mfa:
            return 302
        status = self.get if method == "get" else self.post
        runs = person.works_in(KABUPATEN) and (person.peran == "sekda" or KELOLA in PERAN[person.peran].izin)
        return status if status == 405 or (person.has_account and runs) else 404


KEBIJAKAN_PELATIHAN: dict[str, Policy] = {
    "pelatihan:pelatihan": Publik(),
    "pelatihan:kelola": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:program_tambah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:angkatan_tambah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:angkatan": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:angkatan_ubah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:angkatan_langkah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),  # a step that asks for a reason
    "pelatihan:kelas_tambah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:foto": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:foto_berkas": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:foto_hapus": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:biaya": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:biaya_ubah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:biaya_hapus": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:pelatihan_dasbor": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode=KABUPATEN),
    "pelatihan:pelatihan_grafik": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode=KABUPATEN),
    "pelatihan:program_laporan": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:laporan": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:laporan_unduh": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:kelulusan": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:kelulusan_putuskan": Kerja(KELOLA, post=302, kode=KABUPATEN),  # it is not at its evaluation
    "pelatihan:kelulusan_satu": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:sertifikat_terbitkan": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:sertifikat_cetak": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:sertifikat_cabut": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:peserta": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:peserta_unduh": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:peserta_tambah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:peserta_kelas": Kerja(KELOLA, post=302, kode=KABUPATEN),  # nobody ticked
    "pelatihan:peserta_ubah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:peserta_mundur": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:peserta_kembali": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:peserta_hapus": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:peserta_impor": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:peserta_templat": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:peserta_pratinjau": Kerja(KELOLA, get=409, kode=KABUPATEN),  # its file holds nobody
    "pelatihan:peserta_simpan": Kerja(KELOLA, post=409, kode=KABUPATEN),
    "pelatihan:peserta_batal": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:kaskade": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode=KABUPATEN),
    "pelatihan:kaskade_unduh": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode=KABUPATEN),
    "pelatihan:ikut": Terbuka(),
    "pelatihan:ikut_tautan": Terbuka(get=404),  # a link that nobody was sent
    "pelatihan:ikut_rinci": Ikut(get=200),
    "pelatihan:verifikasi": Terbuka(get=404),  # a code that nobody was given
    "pelatihan:verifikasi_cari": Terbuka(),
    "pelatihan:kelas": Kelas(get=200),
    "pelatihan:kelas_kode": Kelas(get=200, post=422),  # nobody ticked
    "pelatihan:lencana_beri": Kelas(post=302),
    "pelatihan:lencana_cetak": Kelas(get=200),
    "pelatihan:lencana_hadir": Kelas(post=302),  # no badge has that number
    "pelatihan:kelas_ubah": Kelas(get=200, post=422, hanya_kelola=True),
    "pelatihan:soal": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:soal_tambah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:soal_impor": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:soal_ubah": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:soal_pakai": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:hasil": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:hasil_unduh": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:tes_susun": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:tes_tutup": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:evaluasi": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:evaluasi_saya": Diri(get=200),  # sheets about oneself; most people have none
    "pelatihan:rtl": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:rtl_verifikasi": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:rtl_bukti": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:rtl_ditanyakan": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:ikut_tes": Ikut(get=200, post=422),  # a step that is none
    "pelatihan:ikut_evaluasi": Ikut(get=200, post=422),
    "pelatihan:ikut_evaluasi_pelatih": Ikut(get=200, post=422),
    "pelatihan:ikut_rtl_tambah": Ikut(get=200, post=422),
    "pelatihan:ikut_rtl_ubah": Ikut(get=200, post=422),
    "pelatihan:ikut_rtl_pantau": Ikut(get=200, post=422),
    "pelatihan:kurikulum": Publik(),
    "pelatihan:jadwal": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:jadwal_ics": Kelas(get=200),
    "pelatihan:jadwal_cetak": Kelas(get=200),
    "pelatihan:sesi_tambah": Kelas(get=200, post=422, hanya_kelola=True),
    "pelatihan:sesi_ubah": Kelas(get=200, post=422, hanya_kelola=True),
    "pelatihan:sesi_hapus": Kelas(post=302, hanya_kelola=True),
    "pelatihan:presensi": Kelas(get=200, post=422),
    "pelatihan:layar": Kelas(get=200),
    "pelatihan:daftar_hadir": Kelas(get=200),
    "pelatihan:lembar_tambah": Kelas(get=200, post=422),
    "pelatihan:lembar": Kelas(get=200),
    "pelatihan:lembar_hapus": Kelas(post=302),
    "pelatihan:ikut_jadwal": Ikut(get=200),
    "pelatihan:ikut_hadir": Ikut(get=200, post=422),
    "pelatihan:ikut_pindai": Terbuka(get=410),  # a code that no screen shows
    "pelatihan:kuota": Kerja(KELOLA, get=200, post=302, kode=KABUPATEN),  # an empty grid leaves all as it is
    "pelatihan:kuota_sama": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:undangan": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),  # this cohort invites nobody yet
    "pelatihan:undangan_kirim": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:undangan_cabut": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:usulan_daftar": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:seleksi_sisa": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:usulan": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:usulan_kembali": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:usulan_putus": Kerja(KELOLA, post=422, kode=KABUPATEN),
    "pelatihan:usulan_hasil": Kerja(KELOLA, get=200, kode=KABUPATEN),
    "pelatihan:calon_naik": Kerja(KELOLA, post=302, kode=KABUPATEN),
    "pelatihan:calon_ganti": Kerja(KELOLA, get=200, post=422, kode=KABUPATEN),
    "pelatihan:ikut_konfirmasi": Ikut(get=200, post=422),
    "pelatihan:usul_daftar": Diri(get=200),
    "pelatihan:usul_tautan": Terbuka(get=404),  # a link that nobody was sent
    "pelatihan:usul_kode": Terbuka(get=405),
    "pelatihan:usul": Usul(get=200),
    "pelatihan:usul_calon": Usul(get=200, post=422),
    "pelatihan:usul_calon_ubah": Usul(get=200, post=422),
    "pelatihan:usul_hapus": Usul(post=302),  # back to the proposal, which is closed
    "pelatihan:usul_naik": Usul(post=302),
    "pelatihan:usul_surat": Usul(get=200, post=422),
    "pelatihan:usul_cetak": Usul(get=200),
    "pelatihan:usul_pindaian": Usul(get=200),
    "pelatihan:usul_kirim": Usul(post=422),
}
