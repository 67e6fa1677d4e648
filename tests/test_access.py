"""Who may do what at every address. One named policy per URL; the outcome for each person and method follows
from it. A URL without a policy fails."""

import re
import uuid
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from kecamatan.models import Wilayah
from kecamatan.permissions import Izin
from layanan_dasar.models import PutaranHitung
from tests.alamat import FILE, KABUPATEN, LOCAL_DAY, PUTARAN, arguments, waiting_file
from tests.conftest import CAST_ROWS
from tests.factories import (
    HariLiburFactory,
    PenggunaFactory,
    UnitLayananFactory,
)
from tests.kebijakan import (
    REGION,
    Admin,
    Batal,
    Belum,
    Diri,
    Kasus,
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
from tests.kebijakan_open311 import KEBIJAKAN_OPEN311
from tests.kebijakan_pelatihan import KEBIJAKAN_PELATIHAN
from tests.kebijakan_survei import KEBIJAKAN_SURVEI
from tests.penanya import PERSONS, log_in_everybody
from tests.rekaman import Rekaman


IMPOR = Izin.IMPOR_APBDES
WILAYAH = Izin.KELOLA_WILAYAH
LIBUR = Izin.KELOLA_HARI_LIBUR
PETA = Izin.KELOLA_PEMETAAN
JAWAB = Izin.JAWAB_PENGADUAN
POLICIES: dict[str, Policy] = {
    "dasbor:beranda": Publik(),
    "dasbor:bantuan": Publik(),
    "dasbor:mulai": Mulai(),
    "dasbor:nasional": Publik(),
    "dasbor:privasi": Publik(),
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
    "kecamatan:orang_gabung": Pengelola(get=200, post=200),  # a search is a post that writes nothing
    "kecamatan:orang_gabung_dengan": Pengelola(get=200, post=422),  # a post without a reason
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
    "layanan_dasar:capaian": Publik(),
    "layanan_dasar:capaian_unduh": Publik(),
    "layanan_dasar:angka": Publik(),
    "layanan_dasar:impor": Kerja(IMPOR, get=200, post=422),  # a post without a file
    "layanan_dasar:templat": Kerja(IMPOR, get=200),
    "layanan_dasar:pratinjau": Kerja(IMPOR, get=200),
    "layanan_dasar:simpan": Kerja(IMPOR, post=409),  # the waiting file of this world holds no line
    "layanan_dasar:batal": Kerja(IMPOR, post=302),
    "layanan_dasar:aturan_belanja": Publik(),
    "layanan_dasar:indikator": Publik(),
    "layanan_dasar:indikator_unduh": Publik(),
    "layanan_dasar:indikator_rinci": Publik(),
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
    "layanan_dasar:isian": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:isian_lembar": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:isian_rinci": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:isian_versi": Kerja(Izin.LIHAT_DATA_KERJA, get=200),
    "layanan_dasar:isian_simpan": Kerja(Izin.ISI_CAPAIAN, post=409),  # that period is locked
    "layanan_dasar:isian_catatan": Kerja(Izin.ISI_CAPAIAN, post=302),  # nobody began this sheet
    "layanan_dasar:isian_ajukan": Kerja(Izin.ISI_CAPAIAN, post=302),
    "layanan_dasar:isian_koreksi": Kerja(Izin.ISI_CAPAIAN, post=422),
    "layanan_dasar:isian_verifikasi": Kerja(Izin.VERIFIKASI_CAPAIAN, post=302),
    "layanan_dasar:isian_kembalikan": Kerja(Izin.VERIFIKASI_CAPAIAN, post=422),
    "layanan_dasar:isian_sahkan": Kerja(Izin.SAHKAN_CAPAIAN, post=302),
    "layanan_dasar:isian_buku": Kerja(Izin.ISI_CAPAIAN, get=200),
    "layanan_dasar:isian_unggah": Kerja(Izin.ISI_CAPAIAN, get=200, post=422),  # a post without a file
    "layanan_dasar:isian_periksa": Kerja(Izin.ISI_CAPAIAN, get=409),  # the waiting file of this world is no workbook
    "layanan_dasar:isian_bertanda": Kerja(Izin.ISI_CAPAIAN, get=409),
    "layanan_dasar:isian_terima": Kerja(Izin.ISI_CAPAIAN, post=409),
    "layanan_dasar:isian_buang": Kerja(Izin.ISI_CAPAIAN, post=302),
    "layanan_dasar:isian_kunci": Kerja(Izin.BUKA_KUNCI, get=200, post=422, kode=KABUPATEN),
    "layanan_dasar:angka_keliru": Kerja(Izin.LIHAT_DATA_KERJA, post=302),
    "layanan_dasar:angka_impor": Kerja(Izin.IMPOR_ANGKA, get=200, post=422),  # a post without a file
    "layanan_dasar:angka_pratinjau": Kerja(Izin.IMPOR_ANGKA, get=200),
    "layanan_dasar:angka_simpan": Kerja(Izin.IMPOR_ANGKA, post=409),  # the waiting file of this world holds no figure
    "layanan_dasar:angka_batal": Kerja(Izin.IMPOR_ANGKA, post=302),
    "layanan_dasar:angka_urungkan": Kerja(Izin.IMPOR_ANGKA, post=409),  # it is not stored yet
    "layanan_dasar:penduduk_impor": Kerja(Izin.IMPOR_ANGKA, get=200, post=422),
    "layanan_dasar:penduduk_pratinjau": Kerja(Izin.IMPOR_ANGKA, get=200),
    "layanan_dasar:penduduk_simpan": Kerja(Izin.IMPOR_ANGKA, post=409),
    "layanan_dasar:penduduk_batal": Kerja(Izin.IMPOR_ANGKA, post=302),
    "layanan_dasar:penduduk_urungkan": Kerja(Izin.IMPOR_ANGKA, post=409),
    "pengaduan:lapor": Terbuka(),
    "pengaduan:lapor_status": Terbuka(),
    "pengaduan:lapor_tanggapi": Terbuka(get=405),
    "pengaduan:konfirmasi_surel": Terbuka(get=404),  # a link that nobody was sent
    "pengaduan:meja_unduh": Kerja(Izin.KELOLA_PENGADUAN, get=200),
    "pengaduan:pengaduan": Publik(),
    "pengaduan:serupa": Publik(),
    "pengaduan:dukung": Terbuka(get=405),
    "pengaduan:meja": Kerja(JAWAB, get=200),
    "pengaduan:meja_catat": Kerja(Izin.KELOLA_PENGADUAN, get=200, post=422),
    "pengaduan:meja_serentak": Kerja(Izin.KELOLA_PENGADUAN, get=302, post=302),  # nothing was chosen
    "pengaduan:jawaban": Kerja(Izin.KELOLA_PENGADUAN, get=200, post=422),
    "pengaduan:jawaban_ubah": Kerja(Izin.KELOLA_PENGADUAN, get=200, post=422),
    "pengaduan:meja_rinci": Kasus(JAWAB, get=200),
    "pengaduan:meja_langkah": Kasus(JAWAB, get=200, post=422),  # a refusal without a reason
    "pengaduan:meja_klasifikasi": Kasus(Izin.KELOLA_PENGADUAN, post=422),
    "pengaduan:meja_catatan": Kasus(JAWAB, post=422),
    "pengaduan:meja_tayang": Kasus(Izin.KELOLA_PENGADUAN, post=422),
    "pengaduan:meja_redaksi": Kasus(Izin.KELOLA_PENGADUAN, post=302),
    "pengaduan:meja_kontak": Kasus(JAWAB, post=200),
    "pengaduan:meja_lampiran": Kasus(JAWAB, get=200),
    **KEBIJAKAN_SURVEI,
    **KEBIJAKAN_OPEN311,
    **KEBIJAKAN_PELATIHAN,
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
    "lampiran": Publik(),
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


@pytest.fixture(scope="session")
def logged_in(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, rekaman_wilayah: Rekaman
) -> tuple[Rekaman, dict[str, SimpleCookie]]:
    cookies: dict[str, SimpleCookie] = {"warga": SimpleCookie()}
    with django_db_blocker.unblock():
        rows = Rekaman([*CAST_ROWS, Session], lambda: log_in_everybody(cookies), rekaman_wilayah)
    return rows, cookies


@pytest.fixture
def people(wilayah: dict[str, Wilayah], logged_in: tuple[Rekaman, dict[str, SimpleCookie]]) -> dict[str, Client]:
    """A client for everybody, logged in just now."""
    rows, cookies = logged_in
    rows.put_back()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=30))
    clients = {name: Client() for name in cookies}
    for name, client in clients.items():
        client.cookies = deepcopy(cookies[name])
    return clients


REFUSED_METHOD = ("admin_pusat", "camat_a", "camat_b", "warga")
"""A method that an address does not know is refused before anybody is looked at: these ask for all."""


TOPICS: dict[str, list[str]] = {}
for one in NAMES:
    if not one.startswith("admin:"):
        app, _, page = one.rpartition(":")
        TOPICS.setdefault(f"{app}:{page.partition('_')[0]}", []).append(one)


@pytest.mark.parametrize("topic", TOPICS)
def test_outcomes(topic: str, people: dict[str, Client], wilayah: dict[str, Wilayah], acuan: None) -> None:
    """Every address of a topic asked by everybody with every method; no address sees what another one changed."""
    got, want = {}, {}
    cookies = {person: deepcopy(client.cookies) for person, client in people.items()}
    for name in TOPICS[topic]:
        for person, client in people.items():  # whom the address before logged out
            client.cookies = deepcopy(cookies[person])
        with transaction.atomic():
            for key, answer, status in ask(name, people, wilayah):
                got[name, *key], want[name, *key] = answer, status
            transaction.set_rollback(True)
    assert got == want


def ask(
    name: str, people: dict[str, Client], wilayah: dict[str, Wilayah]
) -> Iterator[tuple[tuple[str, str], int, int]]:
    """Person and method, the answer's status, and the one that the policy wants."""
    HariLiburFactory(pk=LOCAL_DAY, wilayah=wilayah[KABUPATEN], jenis="daerah")
    PutaranHitung.objects.create(pk=PUTARAN, jenis="malam", status="selesai")
    unit = UnitLayananFactory(wilayah=wilayah[f"{REGION}.2001"])
    sesi = UserSession.objects.create(user=PenggunaFactory(), ip="203.0.113.7", session_key="milik-orang-lain")
    cache.clear()
    for person in PERSONS:
        for method in ("get", "post"):
            status = outcome(name, person, method)
            if status == 405 and person.name not in REFUSED_METHOD:
                continue
            berkas = waiting_file(name, wilayah).pk if name.endswith(FILE) else uuid.uuid4()
            asked = reverse(name, args=arguments(name, berkas, unit.pk, sesi.pk))
            answer = getattr(people[person.name], method)(asked)
            if status is not None:
                yield (person.name, method), answer.status_code, status


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
