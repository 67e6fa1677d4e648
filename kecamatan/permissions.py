"""Roles and what each may do: a table an auditor can read (reference: P3PD 1D, actors and scope)."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Izin(TextChoices):
    """One thing a role may do inside its region, with the words in which the page of roles says it."""

    LIHAT_DATA_KERJA = "lihat_data_kerja", "melihat data kerja"
    IMPOR_APBDES = "impor_apbdes", "mengunggah APBDes"
    IMPOR_ANGKA = "impor_angka", "mengunggah angka dari aplikasi lain"
    KELOLA_WILAYAH = "kelola_wilayah", "memuat edisi daftar wilayah"
    KELOLA_HARI_LIBUR = "kelola_hari_libur", "mengatur hari libur"
    KELOLA_UNIT = "kelola_unit", "mengelola unit layanan"
    KELOLA_PEMETAAN = "kelola_pemetaan", "memetakan kegiatan ke layanan dasar"
    KELOLA_PERHITUNGAN = "kelola_perhitungan", "menghitung ulang dan menerbitkan indeks"
    KELOLA_PESAN = "kelola_pesan", "memeriksa pesan yang gagal terkirim"
    LIHAT_AUDIT = "lihat_audit", "membaca catatan audit"
    KELOLA_AKUN = "kelola_akun", "memberi akun dan penugasan"
    KELOLA_TIM = "kelola_tim", "mengisi tim pengelola"
    NILAI_APBDES = "nilai_apbdes", "mengevaluasi Raperdes APBDes"
    KELOLA_KOP_SURAT = "kelola_kop_surat", "mengatur kop surat"
    ISI_CAPAIAN = "isi_capaian", "mengisi angka layanan dasar"
    VERIFIKASI_CAPAIAN = "verifikasi_capaian", "memverifikasi angka layanan dasar"
    SAHKAN_CAPAIAN = "sahkan_capaian", "mengesahkan angka layanan dasar"
    BUKA_KUNCI = "buka_kunci", "membuka periode yang terkunci"
    KELOLA_PENGADUAN = "kelola_pengaduan", "menerima, memverifikasi, dan meneruskan pengaduan"
    JAWAB_PENGADUAN = "jawab_pengaduan", "menindaklanjuti dan menjawab pengaduan"
    PUTUSKAN_PENGADUAN = "putuskan_pengaduan", "memutuskan penundaan dan penayangan pengaduan"
    AWASI_WBS = "awasi_wbs", "menangani dugaan korupsi dan penyalahgunaan wewenang"
    KELOLA_SURVEI = "kelola_survei", "mengelola survei kepuasan dan kartu skor"
    KELOLA_PELATIHAN = "kelola_pelatihan", "menyelenggarakan pelatihan"
    KELOLA_DELEGASI = "kelola_delegasi", "mencatat pendelegasian evaluasi APBDes"
    KELOLA_KUNCI_API = "kelola_kunci_api", "memberi kunci API Open311 kepada aplikasi lain"


@dataclass(frozen=True)
class Peran:
    """A role.

    Attributes:
        tingkat: levels of region it is given for (0 nation … 4 desa).
        izin: permissions inside the region of the assignment and below.
        daftar_desa: whether an assignment may be narrowed to a list of desa.
        wajib_mfa: whoever has this role logs in with a second factor: it manages accounts, decides or verifies.
    """

    kode: str
    label: str
    keterangan: str
    tingkat: frozenset[int]
    izin: frozenset[Izin]
    daftar_desa: bool = False
    wajib_mfa: bool = False


_BACA = frozenset[Izin]()
_LIHAT = frozenset({Izin.LIHAT_DATA_KERJA})
_ISI = _LIHAT | {Izin.IMPOR_APBDES}
_ANGKA = frozenset({Izin.ISI_CAPAIAN})
_VERIFIKASI = frozenset({Izin.VERIFIKASI_CAPAIAN})
_SAHKAN = frozenset({Izin.SAHKAN_CAPAIAN})
_TIM = frozenset({Izin.KELOLA_TIM})
_AKUN = frozenset({Izin.KELOLA_AKUN})
_UNIT = frozenset({Izin.KELOLA_UNIT})
_JAWAB = frozenset({Izin.JAWAB_PENGADUAN})
_MEJA = _JAWAB | {Izin.KELOLA_PENGADUAN}
_PUTUS = _MEJA | {Izin.PUTUSKAN_PENGADUAN}
_SURVEI = frozenset({Izin.KELOLA_SURVEI})
_PELATIHAN = frozenset({Izin.KELOLA_PELATIHAN})
_EVALUASI = frozenset({Izin.NILAI_APBDES, Izin.KELOLA_KOP_SURAT})
_KELOLA = (
    _ISI
    | _AKUN
    | _UNIT
    | _PUTUS
    | _SURVEI
    | _PELATIHAN
    | {
        Izin.IMPOR_ANGKA,
        Izin.KELOLA_HARI_LIBUR,
        Izin.KELOLA_PESAN,
        Izin.LIHAT_AUDIT,
        Izin.KELOLA_PEMETAAN,
        Izin.KELOLA_DELEGASI,
        Izin.KELOLA_KUNCI_API,
        Izin.BUKA_KUNCI,
    }
)

PERAN: dict[str, Peran] = {
    peran.kode: peran
    for peran in (
        Peran("admin_pusat", "Admin Pusat (Bina Adwil)", "Mengelola portal dan data acuan secara nasional.",
              frozenset({0}), _KELOLA | {Izin.KELOLA_WILAYAH, Izin.KELOLA_PERHITUNGAN}, wajib_mfa=True),
        Peran("pemantau_pusat", "Pemantau Pusat", "Membaca data kerja semua wilayah untuk pemantauan.",
              frozenset({0}), _LIHAT),
        Peran("sekretariat_bersama", "Sekretariat Bersama P3PD", "Membaca semua tim pengelola dan data kerja mereka.",
              frozenset({0}), _LIHAT),
        Peran("admin_provinsi", "Admin Provinsi", "Mendampingi kabupaten/kota dan memberi akun adminnya.",
              frozenset({1}), _LIHAT | _AKUN | _PUTUS | _PELATIHAN, wajib_mfa=True),
        Peran("admin_kabupaten", "Admin Kabupaten", "Mengelola akun dan data seluruh kecamatan di kabupatennya.",
              frozenset({2}), _KELOLA, wajib_mfa=True),
        Peran("sekda", "Sekretaris Daerah", "Mengusulkan tim pelatih kabupaten; membaca angka yang terbit.",
              frozenset({2}), _BACA),
        Peran("opd_kabupaten", "OPD Kabupaten", "Menindaklanjuti masalah layanan dasar yang diteruskan kecamatan.",
              frozenset({2}), _LIHAT | _JAWAB),
        Peran("inspektorat", "Inspektorat", "Mengawasi dan menindaklanjuti temuan di kabupatennya.",
              frozenset({2}), _LIHAT | _JAWAB | {Izin.AWASI_WBS}, wajib_mfa=True),
        Peran("pelatih_kabupaten", "Pelatih Kabupaten", "Melatih dan mendampingi kecamatan di kabupatennya.",
              frozenset({2}), _LIHAT),
        Peran("penyedia", "Penyedia Pelatihan", "Menyelenggarakan kelas yang dipercayakan kepadanya.",
              frozenset({0, 1, 2}), _BACA),
        Peran("camat", "Camat", "Memimpin kecamatan; melihat seluruh data kerja dan mengesahkan.",
              frozenset({3}), _LIHAT | _TIM | _EVALUASI | _VERIFIKASI | _SAHKAN | _PUTUS | _SURVEI,
              wajib_mfa=True),
        Peran("sekcam", "Sekretaris Kecamatan", "Mengoordinasikan pekerjaan harian kecamatan.",
              frozenset({3}), _LIHAT | _TIM | _EVALUASI | _VERIFIKASI | _PUTUS | _SURVEI, wajib_mfa=True),
        Peran("verifikator", "Verifikator Kecamatan", "Memeriksa isian petugas lain sebelum disahkan camat.",
              frozenset({3}), _LIHAT | _VERIFIKASI, wajib_mfa=True),
        Peran("operator_kecamatan", "Operator Kecamatan", "Anggota tim pengelola Dashboard Kecamatan; mengisi data.",
              frozenset({3}), _ISI | _TIM | _UNIT | _ANGKA | _MEJA | _SURVEI | {Izin.IMPOR_ANGKA}),
        Peran("fasilitator", "Fasilitator Kecamatan", "Mendampingi kecamatan yang ditugaskan kepadanya.",
              frozenset({3}), _LIHAT),
        Peran("ptpd", "PTPD", "Pembina teknis pemerintahan desa: mendampingi desa binaannya.",
              frozenset({3}), _LIHAT, daftar_desa=True),
        Peran("upt_kesehatan", "UPT Kesehatan/Puskesmas", "Memasok data kesehatan wilayah kerjanya.",
              frozenset({3}), _LIHAT | _ANGKA | _JAWAB | _SURVEI, daftar_desa=True),
        Peran("upt_pendidikan", "UPT/Korwil Pendidikan", "Memasok data pendidikan wilayah kerjanya.",
              frozenset({3}), _LIHAT | _ANGKA | _JAWAB | _SURVEI, daftar_desa=True),
        Peran("pendamping", "Pendamping Desa", "Membaca data kerja desa dampingannya.",
              frozenset({3}), _LIHAT, daftar_desa=True),
        Peran("kades", "Kepala Desa", "Memimpin desa; melihat seluruh data kerja desanya.",
              frozenset({4}), _LIHAT | _JAWAB),
        Peran("operator_desa", "Operator Desa", "Mengisi APBDes dan data desanya.",
              frozenset({4}), _ISI | _ANGKA | _JAWAB),
        Peran("bpd", "BPD", "Membaca data kerja desanya untuk pengawasan.",
              frozenset({4}), _LIHAT),
    )
}  # fmt: skip


def peran_dengan(izin: Izin) -> list[str]:
    """Codes of the roles that carry a permission."""
    return [kode for kode, peran in PERAN.items() if izin in peran.izin]
