"""Who may do what at every address. One named policy per URL; the outcome for each person and method follows
from it. A URL without a policy fails."""

import re
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kecamatan.actions.edisi import in_force_list
from kecamatan.models import BerkasImpor, Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.models import EvaluasiAPBDes, PemetaanKegiatan, PutaranHitung
from tests.conftest import CAST
from tests.factories import (
    BerkasImporFactory,
    DelegasiFactory,
    EvaluasiFactory,
    HariLiburFactory,
    PemetaanKegiatanFactory,
    PenggunaFactory,
    PenugasanFactory,
    UnitLayananFactory,
    tim_lengkap,
)
from tests.kebijakan import (
    REGION,
    Admin,
    Batal,
    Belum,
    Diri,
    Kerja,
    Konfirmasi,
    Masuk,
    Mulai,
    Pengelola,
    Person,
    Policy,
    Publik,
    Terbuka,
)


IMPOR = Izin.IMPOR_APBDES
WILAYAH = Izin.KELOLA_WILAYAH
LIBUR = Izin.KELOLA_HARI_LIBUR
PETA = Izin.KELOLA_PEMETAAN
KABUPATEN = "11.01"
LOCAL_DAY = 2026
PUTARAN = 7
POLICIES: dict[str, Policy] = {
    "dasbor:beranda": Publik(),
    "dasbor:bantuan": Publik(),
    "dasbor:mulai": Mulai(),
    "dasbor:nasional": Publik(),
    "dasbor:wilayah": Publik(),
    "kecamatan:cari": Publik(),
    "kecamatan:edisi": Kerja(WILAYAH, get=200, post=422, kode="0"),
    "kecamatan:edisi_pratinjau": Kerja(WILAYAH, get=200, kode="0"),
    "kecamatan:edisi_unduh": Kerja(WILAYAH, get=200, kode="0"),
    "kecamatan:edisi_simpan": Kerja(WILAYAH, post=302, kode="0"),
    "kecamatan:edisi_batal": Kerja(WILAYAH, post=302, kode="0"),
    "kecamatan:riwayat": Kerja(WILAYAH, get=200, post=302, kode="0"),
    "kecamatan:riwayat_tambah": Kerja(WILAYAH, get=200, post=422, kode="0"),
    "kecamatan:hari_libur": Publik(),
    "kecamatan:hari_libur_wilayah": Publik(),
    "kecamatan:hari_libur_tambah": Kerja(LIBUR, get=200, post=422, kode=KABUPATEN),
    "kecamatan:hari_libur_ubah": Kerja(LIBUR, get=200, post=422, kode=KABUPATEN),
    "kecamatan:hari_libur_hapus": Kerja(LIBUR, post=302, kode=KABUPATEN),  # to the calendar, nothing chosen
    "kecamatan:hari_libur_usulkan": Kerja(LIBUR, post=302, kode="0"),
    "kecamatan:hari_libur_tetapkan": Kerja(LIBUR, post=302, kode="0"),
    "kecamatan:unit": Publik(),
    "kecamatan:unit_unduh": Publik(),
    "kecamatan:unit_rinci": Publik(),
    "kecamatan:unit_tambah": Kerja(Izin.KELOLA_UNIT, get=200, post=422),  # a post without a single field
    "kecamatan:unit_ubah": Kerja(Izin.KELOLA_UNIT, get=200, post=422),
    "kecamatan:unit_tutup": Kerja(Izin.KELOLA_UNIT, get=200, post=422),
    "kecamatan:unit_impor": Kerja(Izin.KELOLA_UNIT, get=200, post=422),
    "kecamatan:unit_templat": Kerja(Izin.KELOLA_UNIT, get=200),
    "kecamatan:unit_pratinjau": Kerja(Izin.KELOLA_UNIT, get=200),
    "kecamatan:unit_simpan": Kerja(Izin.KELOLA_UNIT, post=409),
    "kecamatan:unit_batal": Kerja(Izin.KELOLA_UNIT, post=302),
    "kecamatan:peran": Diri(get=200),
    "kecamatan:saya": Diri(get=200, post=422),
    "kecamatan:akun": Pengelola(get=200, post=200, subject=False),  # a search is a post that writes nothing
    "kecamatan:akun_tambah": Pengelola(get=200, post=422, subject=False),
    "kecamatan:akun_orang": Pengelola(get=200),
    "kecamatan:akun_ubah": Pengelola(get=200, post=422),
    "kecamatan:akun_undang": Pengelola(post=302),
    "kecamatan:akun_nonaktifkan": Pengelola(post=302),
    "kecamatan:akun_aktifkan": Pengelola(post=302),
    "kecamatan:penugasan_tambah": Pengelola(get=200, post=422),
    "kecamatan:penugasan_akhiri": Pengelola(get=200, post=422),
    "kecamatan:orang_impor": Kerja(Izin.KELOLA_AKUN, get=200, post=422),
    "kecamatan:orang_templat": Kerja(Izin.KELOLA_AKUN, get=200),
    "kecamatan:orang_pratinjau": Kerja(Izin.KELOLA_AKUN, get=200),
    "kecamatan:orang_simpan": Kerja(Izin.KELOLA_AKUN, post=409),  # the waiting file of this world holds no line
    "kecamatan:orang_batal": Kerja(Izin.KELOLA_AKUN, post=302),
    "kecamatan:tim": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "kecamatan:tim_sk": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "kecamatan:tim_ubah": Kerja(Izin.KELOLA_TIM, get=200, post=422),
    "kecamatan:anggota_tambah": Kerja(Izin.KELOLA_TIM, get=200, post=422),
    "kecamatan:anggota_hapus": Kerja(Izin.KELOLA_TIM, post=302),
    "kecamatan:notifikasi": Diri(get=200),
    "kecamatan:baca": Diri(post=404),  # this notice is somebody else's
    "kecamatan:baca_semua": Diri(post=302),
    "kecamatan:pilihan": Diri(get=200, post=422),  # a post without a choice
    "kecamatan:pesan_keluar": Kerja(Izin.KELOLA_PESAN, get=200),
    "kecamatan:kirim_ulang": Kerja(Izin.KELOLA_PESAN, post=302),
    "kecamatan:catatan_audit": Kerja(Izin.LIHAT_AUDIT, get=200),
    "layanan_dasar:belanja": Publik(),
    "layanan_dasar:mutu": Publik(),
    "layanan_dasar:kuadran": Publik(),
    "layanan_dasar:komposisi": Publik(),
    "layanan_dasar:unduh": Publik(),
    "layanan_dasar:impor": Kerja(IMPOR, get=200, post=422),  # a post without a file
    "layanan_dasar:templat": Kerja(IMPOR, get=200),
    "layanan_dasar:pratinjau": Kerja(IMPOR, get=200),
    "layanan_dasar:simpan": Kerja(IMPOR, post=409),  # the waiting file of this world holds no line
    "layanan_dasar:batal": Kerja(IMPOR, post=302),
    "layanan_dasar:aturan_belanja": Publik(),
    "layanan_dasar:transparansi": Publik(),
    "layanan_dasar:transparansi_unduh": Publik(),
    "layanan_dasar:perhitungan": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode="0"),
    "layanan_dasar:perhitungan_rinci": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode="0"),
    "layanan_dasar:perhitungan_penuh": Kerja(Izin.KELOLA_PERHITUNGAN, post=302, kode="0"),
    "layanan_dasar:perhitungan_terbitkan": Kerja(Izin.KELOLA_PERHITUNGAN, get=200, post=422, kode="0"),
    "layanan_dasar:pemetaan": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode=KABUPATEN),
    "layanan_dasar:pemetaan_unduh": Kerja(Izin.LIHAT_DATA_KERJA, get=200, kode=KABUPATEN),
    "layanan_dasar:pemetaan_usulkan": Kerja(PETA, post=302, kode=KABUPATEN),
    "layanan_dasar:pemetaan_simpan": Kerja(PETA, get=200, post=422, kode=KABUPATEN),
    "layanan_dasar:pemetaan_ubah": Kerja(PETA, get=200, post=422, kode=KABUPATEN),
    "layanan_dasar:pemetaan_cabut": Kerja(PETA, post=302, kode=KABUPATEN),
    "layanan_dasar:lengkapi": Kerja(IMPOR, get=404, post=404),  # the waiting file of this world leaves nothing open
    "layanan_dasar:urungkan": Kerja(IMPOR, post=409),  # it is not stored yet
    "kecamatan:kop_surat": Kerja(Izin.KELOLA_KOP_SURAT, get=200, post=422),
    "layanan_dasar:evaluasi": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:evaluasi_rinci": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:evaluasi_surat": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:evaluasi_berkas": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:evaluasi_terima": Kerja(IMPOR, get=200, post=422),
    "layanan_dasar:evaluasi_dokumen": Kerja(IMPOR, get=200, post=422),  # this one has its result already
    "layanan_dasar:evaluasi_lengkap": Kerja(IMPOR, get=200, post=422),
    "layanan_dasar:evaluasi_perdes": Kerja(IMPOR, get=200, post=422),
    "layanan_dasar:evaluasi_butir": Kerja(Izin.NILAI_APBDES, get=200, post=422),
    "layanan_dasar:evaluasi_catatan": Kerja(Izin.NILAI_APBDES, get=200, post=422),
    "layanan_dasar:evaluasi_catatan_hapus": Kerja(Izin.NILAI_APBDES, post=302),
    "layanan_dasar:evaluasi_hasil": Kerja(Izin.NILAI_APBDES, get=200, post=422),
    "layanan_dasar:evaluasi_batal": Kerja(Izin.NILAI_APBDES, get=200, post=422),
    "layanan_dasar:delegasi": Kerja(Izin.KELOLA_DELEGASI, get=200, post=422, kode=KABUPATEN),
    "layanan_dasar:delegasi_ubah": Kerja(Izin.KELOLA_DELEGASI, get=200, post=422, kode=KABUPATEN),
    "layanan_dasar:rancangan_impor": Kerja(IMPOR, get=200, post=422),
    "layanan_dasar:rancangan_pratinjau": Kerja(IMPOR, get=200),
    "layanan_dasar:rancangan_simpan": Kerja(IMPOR, post=409),
    "layanan_dasar:rancangan_batal": Kerja(IMPOR, post=302),
    "account_login": Masuk(),
    "account_logout": Masuk(visitor=302, inside=200),
    "account_inactive": Publik(),
    "mfa_authenticate": Masuk(visitor=302, inside=302),
    "account_change_password": Diri(get=200, post=200),
    "account_reauthenticate": Diri(get=200, post=200),
    "account_reset_password": Terbuka(),
    "account_reset_password_done": Publik(),
    "account_reset_password_from_key": Terbuka(),
    "account_reset_password_from_key_done": Publik(),
    "account_set_password": Diri(get=302, post=302),  # these people have one
    "kecamatan:akhiri_sesi": Diri(post=404),  # a session of somebody else
    "kecamatan:akhiri_sesi_lain": Diri(post=302),
    "mfa_activate_totp": Diri(get=302, post=302),
    "mfa_deactivate_totp": Diri(get=302, post=302),
    "mfa_download_recovery_codes": Diri(get=404, post=404),  # these people have none
    "mfa_generate_recovery_codes": Diri(get=302, post=302),
    "mfa_index": Diri(get=200),
    "mfa_reauthenticate": Konfirmasi(),
    "mfa_view_recovery_codes": Diri(get=404),
    "openid_connect_callback": Belum(),
    "openid_connect_login": Belum(),
    "socialaccount_login_cancelled": Batal(),
    "hidup": Publik(),
    "siap": Publik(),
    "antrean": Publik(),
    "admin:*": Admin(),
}


TANPA_MFA = {"account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate", "hidup", "siap"}


def outcome(name: str, person: Person, method: str) -> int | None:
    """What the policy says, for somebody whose second factor is missing only where it can be set up."""
    if not person.has_mfa and name not in TANPA_MFA:
        return 302
    policy = policy_of(name)
    assert policy
    return policy.outcome(person, method)


def all_urls(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Names of every address, with their namespace; an address without a name has none to stand under."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from all_urls(pattern.url_patterns, namespace + inner)
        else:
            yield f"{namespace}{pattern.name}"


def policy_of(name: str) -> Policy | None:
    return POLICIES.get(name) or POLICIES.get(f"{name.split(':')[0]}:*")


NAMES = sorted(set(all_urls(get_resolver().url_patterns)))


def test_every_url_has_a_policy() -> None:
    assert [name for name in NAMES if policy_of(name) is None] == []


def test_every_policy_has_a_url() -> None:
    used = {name if name in POLICIES else f"{name.split(':')[0]}:*" for name in NAMES}
    assert set(POLICIES) - used == set()


@pytest.fixture
def people(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> dict[str, Client]:
    """A logged-in client for everybody; `berhenti` had an operator's work until 2021, `nonaktif` was switched off,
    `tanpa_mfa` is a verifier who has not set up the second factor."""
    accounts = dict(vars(cast))
    ended = PenugasanFactory(wilayah=wilayah[REGION], peran="operator_kecamatan", sampai="2021-12-31")
    accounts["berhenti"] = ended.pengguna
    accounts["nonaktif"] = PenggunaFactory()
    PenugasanFactory(pengguna=accounts["nonaktif"], peran="operator_kecamatan", wilayah=wilayah[REGION])
    accounts["tanpa_mfa"] = PenggunaFactory(langkah_kedua=False)
    PenugasanFactory(pengguna=accounts["tanpa_mfa"], peran="verifikator", wilayah=wilayah[REGION])
    clients = {"warga": Client()}
    for name, account in accounts.items():
        clients[name] = Client()
        clients[name].force_login(account)
    accounts["nonaktif"].is_active = False
    accounts["nonaktif"].save()
    return clients


PERSONS = [
    *(Person(name, True, peran, kode) for name, (peran, kode) in CAST.items()),
    Person("berhenti", True),
    Person("nonaktif", False),
    Person("tanpa_mfa", True, "verifikator", REGION, has_mfa=False),
    Person("warga", False),
]


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
            "layanan_dasar:unduh": [*region, "csv"],
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
            "layanan_dasar:rancangan_impor": region,
            **{f"layanan_dasar:rancangan_{step}": [*region, berkas] for step in ("pratinjau", "simpan", "batal")},
        }.get(name)
        or arguments_of_mappings(name)
        or (arguments_about_evaluasi if name in EVALUASI else arguments_about_people)(name)
    )


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
    if name.startswith("orang_"):
        return [REGION, BerkasImporFactory(wilayah=wilayah, jenis="orang", isi=b"nama\n").pk]
    return []


EVALUASI = [name for name in POLICIES if name.startswith(("layanan_dasar:evaluasi", "layanan_dasar:delegasi"))]


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


EDISI = [f"kecamatan:edisi_{step}" for step in ("pratinjau", "unduh", "simpan", "batal")]


def waiting_file(name: str, wilayah: dict[str, Wilayah]) -> BerkasImpor:
    """A file to look at, confirm or discard at this address."""
    if name not in EDISI:
        jenis = "unit" if name.startswith("kecamatan:unit") else "apbdes"
        jenis = "apbdes_rancangan" if name.startswith("layanan_dasar:rancangan") else jenis
        return BerkasImporFactory(wilayah=wilayah[REGION], jenis=jenis)
    listed = "".join(f"{kode},{nama}\n" for kode, nama in in_force_list().items())
    return BerkasImporFactory(
        wilayah=wilayah["0"],
        jenis="wilayah",
        isi=f"kode,nama\n{listed}".encode(),
        ringkasan={"dasar": "Kepmendagri Uji", "berlaku": "2025-04-25", "hitungan": []},
    )


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("admin:")])
def test_outcomes(name: str, people: dict[str, Client], wilayah: dict[str, Wilayah], acuan: None) -> None:
    got, want = {}, {}
    HariLiburFactory(pk=LOCAL_DAY, wilayah=wilayah[KABUPATEN], jenis="daerah")
    PutaranHitung.objects.create(pk=PUTARAN, jenis="malam", status="selesai")
    unit = UnitLayananFactory(wilayah=wilayah[f"{REGION}.2001"])
    sesi = UserSession.objects.create(user=PenggunaFactory(), ip="203.0.113.7", session_key="milik-orang-lain")
    cache.clear()
    for person in PERSONS:
        for method in ("get", "post"):
            berkas = waiting_file(name, wilayah)
            asked = reverse(name, args=arguments(name, berkas.pk, unit.pk, sesi.pk))
            status = outcome(name, person, method)
            answer = getattr(people[person.name], method)(asked)
            if status is not None:
                got[person.name, method], want[person.name, method] = answer.status_code, status
    assert got == want


@pytest.mark.parametrize("name", [n for n in NAMES if n.startswith("admin:") and n.endswith(("index", "changelist"))])
def test_admin_is_for_superusers(name: str, people: dict[str, Client]) -> None:
    got = {person.name: people[person.name].get(reverse(name)).status_code for person in PERSONS}
    assert got == {person.name: Admin().outcome(person, "get") for person in PERSONS}


@pytest.mark.parametrize(("kode", "status"), [("11.01.01.2001", 403), ("11.01.01.2002", 404), (REGION, 404)])
def test_a_list_of_desa_is_all_that_exists_for_its_holder(kode: str, status: int, people: dict[str, Client]) -> None:
    """Inside the list the role decides, outside nothing is there, the kecamatan of the assignment included."""
    assert people["ptpd_a"].get(reverse("layanan_dasar:impor", args=[kode])).status_code == status


def test_a_stranger_learns_nothing_from_the_answer(people: dict[str, Client]) -> None:
    """The page of a region that is not yours looks like that of one that does not exist."""
    foreign = people["camat_b"].get(reverse("layanan_dasar:impor", args=[REGION]))
    missing = people["camat_b"].get(reverse("layanan_dasar:impor", args=["11.01.77"]))
    bodies = [re.sub(rb'csrfmiddlewaretoken" value="[^"]+', b"", answer.content) for answer in (foreign, missing)]
    assert foreign.status_code == missing.status_code == 404
    assert bodies[0] == bodies[1]
