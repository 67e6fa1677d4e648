"""Where each address leads in the access tests: what stands in its place holders, made when it is asked for."""

import uuid

from kecamatan.actions.edisi import in_force_list
from kecamatan.models import BerkasImpor, Wilayah
from layanan_dasar.models import Capaian, EvaluasiAPBDes, Indikator, Isian, PemetaanKegiatan
from pengaduan.models import JawabanBaku, KartuSkor, Pengaduan, Survei
from tests.alamat_pelatihan import arguments_of_pelatihan
from tests.factories import (
    BerkasImporFactory,
    CapaianFactory,
    DatasetFactory,
    DelegasiFactory,
    EvaluasiFactory,
    IndikatorFactory,
    IsianFactory,
    JawabanBakuFactory,
    KartuSkorFactory,
    KategoriFactory,
    KirimanOpen311Factory,
    KunciApiFactory,
    PemetaanKegiatanFactory,
    PengaduanFactory,
    PenugasanFactory,
    SurveiFactory,
    UnitLayananFactory,
    tim_lengkap,
)
from tests.kebijakan import REGION


KABUPATEN = "11.01"
LOCAL_DAY = 2026
PUTARAN = 7
EDISI = [f"kecamatan:edisi_{step}" for step in ("pratinjau", "unduh", "simpan", "batal")]
LANGKAH = ("pratinjau", "simpan", "batal")
FILE = ("pratinjau", "unduh", "simpan", "batal", "urungkan", "lengkapi")
"""Last word of the addresses of a file that was handed in and waits."""
EVALUASI = ("layanan_dasar:evaluasi", "layanan_dasar:delegasi")


def waiting_file(name: str, wilayah: dict[str, Wilayah]) -> BerkasImpor:
    """A file to look at, confirm or discard at this address."""
    if name not in EDISI:
        jenis = "unit" if name.startswith("kecamatan:unit") else "apbdes"
        jenis = "apbdes_rancangan" if name.startswith("layanan_dasar:rancangan") else jenis
        jenis = "nilai" if name.startswith("layanan_dasar:angka_") else jenis
        jenis = "penduduk_opensid" if name.startswith("layanan_dasar:penduduk") else jenis
        return BerkasImporFactory(wilayah=wilayah[REGION], jenis=jenis)
    listed = "".join(f"{kode},{nama}\n" for kode, nama in in_force_list().items())
    return BerkasImporFactory(
        wilayah=wilayah["0"],
        jenis="wilayah",
        isi=f"kode,nama\n{listed}".encode(),
        ringkasan={"dasar": "Kepmendagri Uji", "berlaku": "2025-04-25", "hitungan": []},
    )


def arguments(name: str, berkas: uuid.UUID, unit: int, sesi: int) -> list[object]:
    region = [REGION]
    return (
        {
            "kecamatan:hari_libur_wilayah": [KABUPATEN],
            "kecamatan:hari_libur_tambah": [KABUPATEN],
            "kecamatan:hari_libur_ubah": [KABUPATEN, LOCAL_DAY],
            "kecamatan:hari_libur_hapus": [KABUPATEN],
            "kecamatan:hari_libur_usulkan": ["0"],
            "kecamatan:hari_libur_tetapkan": ["0"],
            "kecamatan:unit": region,
            "kecamatan:unit_unduh": [*region, "csv"],
            "kecamatan:unit_rinci": [*region, unit],
            "kecamatan:unit_tambah": region,
            "kecamatan:unit_ubah": [*region, unit],
            "kecamatan:unit_tutup": [*region, unit],
            "kecamatan:unit_impor": region,
            "kecamatan:unit_templat": [*region, "xlsx"],
            "kecamatan:unit_pratinjau": [*region, berkas],
            "kecamatan:unit_simpan": [*region, berkas],
            "kecamatan:unit_batal": [*region, berkas],
            "dasbor:wilayah": region,
            "kecamatan:baca": [uuid.uuid4()],
            "kecamatan:pesan_keluar": region,
            "kecamatan:kirim_ulang": region,
            "kecamatan:catatan_audit": region,
            "layanan_dasar:komposisi": region,
            "layanan_dasar:belanja": region,
            "layanan_dasar:kuadran": region,
            "layanan_dasar:mutu": [*region, "csv"],
            "layanan_dasar:unduh": [*region, "csv"],
            "layanan_dasar:capaian": region,
            "layanan_dasar:capaian_unduh": [*region, "csv"],
            "layanan_dasar:transparansi": region,
            "layanan_dasar:transparansi_unduh": [*region, "csv"],
            "layanan_dasar:perhitungan_rinci": [PUTARAN],
            "layanan_dasar:impor": region,
            "layanan_dasar:templat": [*region, "xlsx"],
            "layanan_dasar:pratinjau": [*region, berkas],
            "layanan_dasar:simpan": [*region, berkas],
            "layanan_dasar:batal": [*region, berkas],
            "layanan_dasar:lengkapi": [*region, berkas],
            "layanan_dasar:urungkan": [*region, berkas],
            **{step: [berkas] for step in EDISI},
            "kecamatan:akhiri_sesi": [sesi],
            "account_reset_password_from_key": ["1", "set-password"],
            "openid_connect_callback": ["daerah"],
            "openid_connect_login": ["daerah"],
            "kecamatan:kop_surat": region,
            "layanan_dasar:angka_impor": region,
            **{f"layanan_dasar:angka_{step}": [*region, berkas] for step in (*LANGKAH, "urungkan")},
            "layanan_dasar:penduduk_impor": region,
            **{f"layanan_dasar:penduduk_{step}": [*region, berkas] for step in (*LANGKAH, "urungkan")},
            "layanan_dasar:rancangan_impor": region,
            **{f"layanan_dasar:rancangan_{step}": [*region, berkas] for step in LANGKAH},
        }.get(name)
        or (arguments_of_figures() if name in ("layanan_dasar:angka", "layanan_dasar:angka_keliru") else None)
        or arguments_of_mappings(name)
        or arguments_of_sheets(name.removeprefix("layanan_dasar:"))
        or arguments_of_indikator(name)
        or arguments_of_survei(name.removeprefix("pengaduan:"))
        or arguments_of_pengaduan(name)
        or arguments_of_pelatihan(name)
        or (arguments_about_evaluasi if name.startswith(EVALUASI) else arguments_about_people)(name)
    )


def arguments_of_figures() -> list[object]:
    """For the page of a figure of REGION, which has one of 2025."""
    satu = Capaian.objects.first() or CapaianFactory(wilayah=Wilayah.objects.get(kode=REGION))
    return [REGION, satu.indikator_id, satu.periode]


def arguments_of_sheets(name: str) -> list[object]:
    """For the desk of figures: a sheet of REGION that nobody began, but for the page of a version."""
    if not name.startswith("isian"):
        return []
    if name == "isian_kunci":
        return [KABUPATEN]
    dataset = DatasetFactory()
    if name == "isian_versi":
        of = {"dataset": dataset, "kecamatan": Wilayah.objects.get(kode=REGION)}
        return [REGION, dataset.kode, "2025", (Isian.objects.filter(**of).first() or IsianFactory(**of)).versi]
    if name in ("isian_periksa", "isian_bertanda", "isian_terima", "isian_buang"):
        told = {"dataset": dataset.kode, "periode": "2025"}
        berkas = BerkasImporFactory(wilayah=Wilayah.objects.get(kode=REGION), jenis="isian", ringkasan=told)
        return [REGION, dataset.kode, "2025", berkas.pk]
    return [REGION] if name == "isian" else [REGION, dataset.kode, "2025"]


def arguments_of_mappings(name: str) -> list[object]:
    """For the pages of the mapping: the kabupaten, and one of its own mappings."""
    name = name.removeprefix("layanan_dasar:")
    if not name.startswith("pemetaan"):
        return []
    if name == "pemetaan_unduh":
        return [KABUPATEN, "csv"]
    if name in ("pemetaan_ubah", "pemetaan_cabut"):
        own = PemetaanKegiatan.objects.filter(kabupaten__kode=KABUPATEN).first()
        own = own or PemetaanKegiatanFactory(kabupaten=Wilayah.objects.get(kode=KABUPATEN))
        return [KABUPATEN, own.pk]
    return [KABUPATEN]


def arguments_of_indikator(name: str) -> list[object]:
    """For the download of the catalogue, and for the page of one indicator."""
    if name == "layanan_dasar:indikator_unduh":
        return ["csv"]
    if name == "layanan_dasar:indikator_rinci":
        return [(Indikator.objects.first() or IndikatorFactory()).kode]
    return []


def arguments_of_survei(name: str) -> list[object]:
    """For surveys and score cards of a posyandu of REGION: one that runs, for its report one that is closed."""
    if name in ("survei", "survei_kelola", "survei_tambah", "kartu_skor", "kartu_skor_kelola", "kartu_skor_tambah"):
        return [REGION]
    desa = Wilayah.objects.get(kode=f"{REGION}.2001")
    if name.startswith("kartu_skor"):
        kartu = KartuSkor.objects.first() or KartuSkorFactory(
            wilayah=desa, unit=UnitLayananFactory(wilayah=desa), tayang=True, skor=[("Ramah", "pemuda", 6, 3)]
        )
        aksi = {"tindakan": "Uji", "penanggung_jawab": "Uji", "tenggat": "2026-12-01"}
        return [REGION, kartu.pk, *([kartu.aksi.create(**aksi).pk] if name == "kartu_skor_keadaan" else [])]
    if not name.startswith("survei"):
        return []
    status = "ditutup" if name == "survei_laporan" else "berjalan"
    survei = Survei.objects.first() or SurveiFactory(unit__wilayah=desa, status=status)
    last = {
        "survei_langkah": ["tutup"],
        "survei_kertas_hapus": [1],
        "survei_poster": ["html"],
        "survei_laporan": ["html"],
    }
    return [survei.kunci] if name == "survei_isi" else [REGION, survei.pk, *last.get(name, [])]


def arguments_of_pengaduan(name: str) -> list[object]:
    """For the desk of REGION, and for pages of a report with a contact and a picture."""
    app, _, page = name.partition(":")
    if app != "pengaduan" or page.startswith("lapor"):
        return []
    if page == "konfirmasi_surel":
        return ["karangan"]
    if page == "meja_unduh":
        return [REGION, "csv"]
    if page.startswith("open311"):
        return arguments_of_open311(page)
    if page == "dukung":
        return [REGION, "DK-110101-2611-0000000"]
    if page in ("pengaduan", "serupa", "meja", "meja_catat", "meja_serentak", "jawaban"):
        return [REGION]
    if page == "jawaban_ubah":
        found = JawabanBaku.objects.first() or JawabanBakuFactory(wilayah=Wilayah.objects.get(kode=REGION))
        return [REGION, found.pk]
    satu = Pengaduan.objects.first() or PengaduanFactory(wilayah=Wilayah.objects.get(kode=REGION), lengkap=True)
    last = {"meja_langkah": ["tolak"], "meja_redaksi": [satu.langkah.first()], "meja_lampiran": [1]}
    return [REGION, satu.pk, *(getattr(one, "pk", one) for one in last.get(page, []))]


def arguments_of_open311(page: str) -> list[object]:
    """For programs: a published report that another program brought; for officers: the key of that program."""
    wilayah = Wilayah.objects.get(kode=REGION)
    if page in ("open311_kunci", "open311_cabut"):
        return [REGION] if page == "open311_kunci" else [REGION, KunciApiFactory(wilayah=wilayah).pk]
    if page in ("open311", "open311_openapi"):
        return []
    if page == "open311_lain":
        return ["v2/tidak-ada.xml"]
    nomor, token, kategori = "DK-110101-2611-TAYANG0", "t" * 22, KategoriFactory()
    if page in ("open311_request", "open311_token") and not Pengaduan.objects.filter(nomor=nomor).exists():
        satu = PengaduanFactory(wilayah=wilayah, nomor=nomor, tayang=True, judul_publik="Jembatan", kategori=kategori)
        KirimanOpen311Factory(pengaduan=satu, kunci__wilayah=wilayah, token=token)
    of = {"open311_definition": kategori.pk, "open311_request": nomor, "open311_token": token}
    return [*([of[page]] if page in of else []), "json"]


def arguments_about_people(name: str) -> list[object]:
    """For pages about an invited operator, a file of people, or a team with one member, all of REGION."""
    name = name.removeprefix("kecamatan:")
    wilayah = Wilayah.objects.get(kode=REGION)
    if (name.startswith("akun_") and name != "akun_tambah") or name.startswith("penugasan_"):
        penugasan = PenugasanFactory(wilayah=wilayah, peran="operator_kecamatan", pengguna__password=None)
        return [penugasan.pk if name == "penugasan_akhiri" else penugasan.pengguna_id]
    if name.startswith(("tim", "anggota")):
        anggota = tim_lengkap(wilayah).anggota.get()
        return [REGION, anggota.pk] if name == "anggota_hapus" else [REGION]
    if name == "orang_templat":
        return [REGION, "csv"]
    if name == "orang_impor":
        return [REGION]
    if name.startswith("orang_gabung"):
        work = [PenugasanFactory(wilayah=wilayah, peran="operator_kecamatan") for _ in name.split("_")[1:]]
        return [satu.pengguna.orang_id for satu in work]
    if name.startswith("orang_"):
        return [REGION, BerkasImporFactory(wilayah=wilayah, jenis="orang", isi=b"nama\n").pk]
    return []


def arguments_about_evaluasi(name: str) -> list[object]:
    """For pages about one evaluation of REGION that has its result, a note and a scan; or a delegation."""
    step = name.removeprefix("layanan_dasar:")
    if step in ("delegasi", "delegasi_ubah"):
        kabupaten = Wilayah.objects.get(kode=KABUPATEN)
        satu = kabupaten.delegasi_evaluasi.first() or DelegasiFactory(kabupaten=kabupaten)
        return [KABUPATEN, satu.pk] if step == "delegasi_ubah" else [KABUPATEN]
    if step in ("evaluasi", "evaluasi_terima"):
        return [REGION]
    desa = Wilayah.objects.get(kode=f"{REGION}.2001")
    satu = EvaluasiAPBDes.objects.first() or EvaluasiFactory(apbdes__desa=desa, dinilai=True, dokumen=True)
    last: dict[str, list[object]] = {"evaluasi_surat": ["html"], "evaluasi_berkas": ["rkpdes"]}
    if step == "evaluasi_catatan_hapus":
        last[step] = [satu.catatan.create(isi="Uji.").pk]
    return [REGION, satu.pk, *last.get(step, [])]
