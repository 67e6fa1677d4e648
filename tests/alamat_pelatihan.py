"""Where the addresses of training lead in the access tests."""

from collections.abc import Callable

from django.utils import timezone

from kecamatan.models import Pengguna, Wilayah
from pelatihan.models import (
    Angkatan,
    BuktiRtl,
    Calon,
    Foto,
    Kelas,
    LembarHadir,
    PemantauanRtl,
    Peserta,
    Sertifikat,
    TerbitanSertifikat,
    Tes,
)
from tests.factories import (
    AngkatanFactory,
    BerkasImporFactory,
    ButirFactory,
    CalonFactory,
    KelasFactory,
    KuotaFactory,
    PengerjaanFactory,
    PesertaFactory,
    PresensiFactory,
    RtlFactory,
    SesiFactory,
    TesFactory,
    UndanganFactory,
)
from tests.kebijakan_pelatihan import KABUPATEN


def kelas_uji() -> Kelas:
    """A class that the provider of the cast runs and the trainer of the cast teaches."""
    found = Kelas.objects.first()
    if found is None:
        angkatan = AngkatanFactory(program__wilayah=Wilayah.objects.get(kode=KABUPATEN))
        found = KelasFactory(angkatan=angkatan)
        found.petugas.set(Pengguna.objects.filter(orang__nama="penyedia"))
        SesiFactory(kelas=found).pelatih.set([Pengguna.objects.get(orang__nama="pelatih_kabupaten").orang])
    return found


def peserta_uji() -> Peserta:
    """The camat of the cast, as a participant of that class."""
    camat = Pengguna.objects.get(orang__nama="camat_a").orang
    kelas = kelas_uji()
    return Peserta.objects.first() or PesertaFactory(angkatan=kelas.angkatan, kelas=kelas, orang=camat)


def tes_uji() -> Tes:
    """The pretest of that cohort, which the camat has begun."""
    peserta = peserta_uji()
    if not (found := Tes.objects.first()):
        butir = ButirFactory(program=peserta.angkatan.program)
        found = TesFactory(angkatan=peserta.angkatan, butir=[butir])
        PengerjaanFactory(tes=found, peserta=peserta)
    return found


def pemantauan_uji() -> PemantauanRtl:
    """What the camat told of a plan."""
    peserta = peserta_uji()
    if not (found := PemantauanRtl.objects.exclude(diisi_pada=None).first()):
        rtl = RtlFactory(peserta=peserta, desa=Wilayah.objects.get(kode="11.01.01.2001"))
        found = rtl.pemantauan.order_by("tonggak")[0]
        found.keadaan, found.uraian, found.diisi_pada = "berjalan", "Sudah mulai", timezone.now()
        found.save()
        BuktiRtl.objects.create(pemantauan=found, tipe="application/pdf", akhiran="pdf", isi=b"%PDF-")
    return found


def lembar_uji() -> list[object]:
    """A sheet about the trainer of the class while the cohort is trained."""
    peserta = peserta_uji()
    Angkatan.objects.filter(pk=peserta.angkatan_id).update(status="berlangsung")
    sesi = peserta.kelas.sesi.get()
    return [peserta.pk, sesi.pk, sesi.pelatih.get().pk]


TES_DAN_RTL: dict[str, Callable[[], list[object]]] = {
    "soal_ubah": lambda: [KABUPATEN, peserta_uji().angkatan_id, tes_uji().butir.get().butir_id],
    "soal_pakai": lambda: [KABUPATEN, peserta_uji().angkatan_id, tes_uji().butir.get().butir_id],
    "tes_susun": lambda: [KABUPATEN, tes_uji().angkatan_id, "pra"],
    "tes_tutup": lambda: [KABUPATEN, tes_uji().angkatan_id, "pra"],
    "rtl_verifikasi": lambda: [KABUPATEN, peserta_uji().angkatan_id, pemantauan_uji().pk],
    "rtl_bukti": lambda: [KABUPATEN, peserta_uji().angkatan_id, pemantauan_uji().pk],
    "rtl_ditanyakan": lambda: [KABUPATEN, peserta_uji().angkatan_id, peserta_uji().pk],
    "ikut_tes": lambda: [peserta_uji().pk, tes_uji().pk],
    "ikut_evaluasi": lambda: lembar_uji()[:1],
    "ikut_evaluasi_pelatih": lembar_uji,
    "ikut_rtl_ubah": lambda: [peserta_uji().pk, pemantauan_uji().rtl_id],
    "ikut_rtl_pantau": lambda: [peserta_uji().pk, pemantauan_uji().pk],
}
"""Addresses of tests, sheets and plans."""
SESI = {
    "jadwal_ics", "jadwal_cetak", "sesi_tambah", "sesi_ubah", "sesi_hapus", "presensi", "layar", "daftar_hadir",
    "lembar_tambah", "lembar", "lembar_hapus", "ikut_pindai", "lencana_beri", "lencana_cetak", "lencana_hadir",
}  # fmt: skip


def arguments_of_sesi(page: str) -> list[object]:
    """For the timetable and the lists of that class. What is removed is looked for anew each time."""
    kelas = kelas_uji()
    sesi = kelas.sesi.first() or SesiFactory(kelas=kelas)
    if page == "sesi_hapus" and not sesi.presensi.exists():  # attendance keeps it from going
        PresensiFactory(sesi=sesi, peserta=peserta_uji())
    if page.startswith("lembar") and page != "lembar_tambah":
        orang = Pengguna.objects.get(orang__nama="admin_kabupaten")
        of = {"kelas": kelas, "hari": sesi.hari, "tipe": "application/pdf", "akhiran": "pdf", "isi": b"%PDF-"}
        lembar = LembarHadir.objects.first() or LembarHadir.objects.create(**of, created_by=orang)
        return [kelas.pk, lembar.pk]
    return {
        "kurikulum": [],
        "jadwal_ics": [kelas.pk],
        "jadwal_cetak": [kelas.pk, "html"],
        "sesi_tambah": [kelas.pk],
        "lencana_beri": [kelas.pk],
        "lencana_cetak": [kelas.pk, "html"],
        "daftar_hadir": [kelas.pk, sesi.hari, "html"],
        "lembar_tambah": [kelas.pk, sesi.hari],
        "ikut_pindai": [sesi.pk, "karangan"],
    }.get(page, [kelas.pk, sesi.pk])


def foto_uji(angkatan: Angkatan) -> Foto:
    """A photograph of that cohort."""
    oleh = Pengguna.objects.get(orang__nama="admin_kabupaten")
    return angkatan.foto.first() or angkatan.foto.create(
        tanggal="2026-01-01", keterangan="Uji", isi=b"\xff\xd8", created_by=oleh
    )


def sertifikat_uji() -> Sertifikat:
    """A certificate of somebody else in that class."""
    kelas = kelas_uji()
    found = Sertifikat.objects.first()
    if found is None:
        satu = PesertaFactory(angkatan=kelas.angkatan, kelas=kelas, status="lulus")
        oleh = Pengguna.objects.get(orang__nama="admin_kabupaten")
        terbitan = TerbitanSertifikat.objects.create(
            angkatan=kelas.angkatan, tempat="Uji", tanggal="2026-01-01", jabatan="Uji", nama="Uji", oleh=oleh
        )
        found = Sertifikat.objects.create(
            terbitan=terbitan, peserta=satu, urut=1, nomor="1", kode="AAAAAAAAAAA", nama="Uji"
        )
    return found


def arguments_of_peserta(page: str) -> list[object]:
    """Behind the cohort: one of its participants, a file that waits, or the form of a download."""
    if page in ("peserta_unduh", "peserta_templat"):
        return ["csv"]
    if page in ("peserta_ubah", "peserta_mundur", "peserta_kembali", "peserta_hapus"):
        return [peserta_uji().pk]
    if page in ("peserta_pratinjau", "peserta_simpan", "peserta_batal"):
        told = {"angkatan": kelas_uji().angkatan.pk}
        wilayah = Wilayah.objects.get(kode=KABUPATEN)
        return [BerkasImporFactory(wilayah=wilayah, jenis="peserta", isi=b"nama\n", ringkasan=told).pk]
    return []


WILAYAH = (
    "pelatihan",
    "kelola",
    "program_tambah",
    "angkatan_tambah",
    "pelatihan_dasbor",
    "pelatihan_grafik",
    "kaskade",
)


def calon_uji() -> Calon:
    """Somebody of the proposal that KABUPATEN sent for that cohort; it is closed, for the cohort is being planned."""
    angkatan, kabupaten = kelas_uji().angkatan, Wilayah.objects.get(kode=KABUPATEN)
    found = Calon.objects.first()
    if found is None:
        KuotaFactory(angkatan=angkatan, wilayah=kabupaten)
        undangan = UndanganFactory(angkatan=angkatan, wilayah=kabupaten, terkirim=True)
        found = CalonFactory(usulan=undangan.usulan)
    return found


def arguments_of_usulan(page: str) -> list[object]:
    """For that proposal."""
    calon = calon_uji()
    last: list[object] = ["html"] if page in ("usulan_hasil", "usul_cetak") else []
    if page.startswith("usul_") or page == "usul":
        whom: list[object] = [calon.pk] if page in ("usul_calon_ubah", "usul_hapus", "usul_naik") else []
        return [calon.usulan_id, *whom, *last]
    which = calon.pk if page.startswith("calon") else calon.usulan_id
    return [KABUPATEN, kelas_uji().angkatan.pk, which, *last]


BER_UNDANGAN = ("undangan_kirim", "undangan_cabut", "usulan", "usulan_kembali", "usulan_putus", "usulan_hasil")


def arguments_of_pelatihan(name: str) -> list[object]:
    """For a cohort of KABUPATEN and its class."""
    if not name.startswith("pelatihan:"):
        return []
    page = name.removeprefix("pelatihan:")
    if page in WILAYAH:
        return [KABUPATEN]
    if page.startswith("verifikasi"):
        return ["TIDAKADA"] if page == "verifikasi" else []
    if page in TES_DAN_RTL:
        return TES_DAN_RTL[page]()
    if page == "kurikulum" or page in SESI:
        return arguments_of_sesi(page)
    if page == "kaskade_unduh":
        return [KABUPATEN, "csv"]
    if page.startswith("peserta"):
        return [KABUPATEN, kelas_uji().angkatan.pk, *arguments_of_peserta(page)]
    if page in ("evaluasi_saya", "usul_daftar", "usul_tautan", "usul_kode"):
        return [] if page in ("evaluasi_saya", "usul_daftar") else ["karangan"]
    if page.startswith(("usul_", "calon")) or page == "usul" or page in BER_UNDANGAN:
        return arguments_of_usulan(page)
    if page.startswith("ikut"):
        return (
            {"ikut": [], "ikut_tautan": ["karangan"]}[page] if page in ("ikut", "ikut_tautan") else [peserta_uji().pk]
        )
    satu: Angkatan = kelas_uji().angkatan
    if page == "program_laporan":
        return [KABUPATEN, satu.program_id, "html"]
    if page in ("kelas", "kelas_ubah", "kelas_kode"):
        return [kelas_uji().pk]
    last: dict[str, list[object]] = {"angkatan_langkah": ["batal"]}
    last |= {"laporan_unduh": ["xlsx"], "kelulusan_satu": [peserta_uji().pk]}
    if page.startswith("sertifikat_c"):
        lembar = sertifikat_uji()
        last |= {"sertifikat_cabut": [lembar.pk], "sertifikat_cetak": [lembar.terbitan_id, "html"]}
    if page in ("foto_berkas", "foto_hapus"):
        last[page] = [foto_uji(satu).pk]
    if page in ("biaya_ubah", "biaya_hapus"):
        last[page] = [(satu.biaya.first() or satu.biaya.create(komponen="Uji", rencana=1)).pk]
    return [KABUPATEN, satu.pk, *last.get(page, [])]
