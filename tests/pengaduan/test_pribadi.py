"""Where the words of a reporter lie: a unique marker in every field of a report, every step of its life, and a search
of everything that keeps something: the database, logs, the broker, and the mails that left.
"""

import inspect
import logging
import subprocess
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from kecamatan.actions.audit import record_access
from kecamatan.actions.notifikasi import notify, send_surel
from kecamatan.actions.pesan import relay
from kecamatan.models import Wilayah
from p3pd_portal.celery import app
from pengaduan.actions.waktu import settle_overdue
from pengaduan.models import Pengaduan
from pengaduan.queries.surel import token_konfirmasi
from pengaduan.tasks import hapus_pengaduan_lama, jaga_tenggat
from tests.assertions import visible_text
from tests.pengaduan.dunia import A1, fresh
from tests.pengaduan.views.test_lapor import ALAMAT, form, foto
from tests.pengaduan.views.test_meja import MEJA, at


pytestmark = pytest.mark.django_db
LAPORAN, LANGKAH = "db:pengaduan_pengaduan", "db:pengaduan_langkahpengaduan"
PENANDA = {
    "judul": "Xqjudullaporan", "isi": "Xqisilaporan", "lokasi": "Xqlokasi", "nama": "Xqnamapelapor",
    "telepon": "81277771234", "surel": "xqsurel@warga.test", "berkas": "Xqberkas",
    "tambahan": "Xqtambahan", "lengkapi": "Xqlengkapi",
    "keberatan": "Xqkeberatan", "jawaban": "Xqjawaban", "internal": "Xqinternal", "judul_publik": "Xqjudulpublik",
    "isi_publik": "Xqisipublik",
}  # fmt: skip
"""What stands in which field; long enough not to occur in the base64 of a session by chance."""
TEMPAT = {
    "judul": {LAPORAN}, "isi": {LAPORAN}, "lokasi": {LAPORAN}, "judul_publik": {LAPORAN}, "isi_publik": {LAPORAN},
    "tambahan": {LANGKAH}, "lengkapi": {LANGKAH}, "keberatan": {LANGKAH}, "jawaban": {LANGKAH}, "internal": {LANGKAH},
}  # fmt: skip
"""The one place of each; name and contact have none in which they could be read, nor has the name of a file."""
SESUDAH = {"jawaban": {LANGKAH}, "internal": {LANGKAH}}
"""After erasure the words of officers stay; the desk takes them out one by one where they name somebody."""


# What keeps something


def database() -> dict[str, str]:
    """Every table as text; bytes are hexadecimal there."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            found[f"db:{table}"] = cursor.fetchone()[0] or ""
    return found


def valkey() -> str:
    """Every key of the broker with its value."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        return "\n".join(f"{key!r} {client.dump(key)!r}" for key in client.scan_iter())


def mails() -> str:
    """Everything that left but the address on the envelope."""
    return "\n".join(f"{one.subject}\n{one.body}\n{one.extra_headers}" for one in mail.outbox)


def everything(caplog: pytest.LogCaptureFixture) -> dict[str, str]:
    return database() | {"valkey": valkey(), "surel": mails(), "log": caplog.text}


def traces(places: Mapping[str, str]) -> dict[str, set[str]]:
    """Which marker stands where, as it is or in hexadecimal."""
    found: dict[str, set[str]] = {}
    for name, marker in PENANDA.items():
        shapes = (marker.lower(), marker.encode().hex())
        where = {place for place, text in places.items() if any(shape in text.lower() for shape in shapes)}
        if where:
            found[name] = where
    return found


# A life


def lapor(client: Client, wilayah: dict[str, Wilayah]) -> tuple[Pengaduan, dict[str, str]]:
    """The report of the form with a marker in every field, and its number and code."""
    names = ("judul", "isi", "lokasi", "nama", "surel")
    said = {name: PENANDA[name] for name in names} | {"telepon": f"0{PENANDA['telepon']}", "identitas": "terbuka"}
    picture = SimpleUploadedFile(f"{PENANDA['berkas']}.jpg", foto().read())
    answer = client.post(ALAMAT, form(wilayah, **said, lampiran=[picture]))
    satu = Pengaduan.objects.get()
    return satu, {"nomor": satu.nomor, "kode": answer.context["tanda"].kode}


def live(client: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> dict[str, str]:
    """From the form to the objection, each step as people take it; returns number and code."""
    satu, code = lapor(client, wilayah)
    relay()
    client.post(f"/lapor/konfirmasi/{token_konfirmasi(satu.pk)}/")
    camat, case = at(cast.camat_a), f"{MEJA}{satu.pk}/"

    def step(langkah: str, **more: str) -> None:
        words = {"catatan": PENANDA["jawaban"]} | more
        assert camat.post(f"{case}langkah/{langkah}/", words).status_code == 302, langkah

    def answer(aksi: str) -> None:
        sent = client.post("/lapor/tanggapi/", code | {"aksi": aksi, "catatan": PENANDA.get(aksi, "")})
        assert sent.status_code == 200, aksi

    client.post("/lapor/tanggapi/", code | {"aksi": "tambah", "catatan": PENANDA["tambahan"]})
    step("minta_data")
    answer("lengkapi")
    step("verifikasi")
    public = {name: PENANDA[name] for name in ("judul_publik", "isi_publik")}
    assert camat.post(f"{case}tayang/", public).status_code == 302
    camat.post(f"{case}catatan/", {"catatan": PENANDA["internal"], "sifat": "internal"})
    step("disposisi", tujuan=f"{A1[:8]}:upt_kesehatan")
    step("proses")
    step("tanggapi")
    answer("keberatan")
    assert PENANDA["nama"] in visible_text(camat.post(f"{case}kontak/"))
    assert PENANDA["telepon"] not in camat.get(f"{MEJA}unduh.csv").text
    client.post("/lapor/status/", code | {"kode": "salah"})
    client.post(ALAMAT, form(wilayah, **{name: PENANDA[name] for name in ("isi", "nama")}, judul=""))
    jaga_tenggat()
    Pengaduan.objects.update(tenggat_naik="2026-01-05")
    assert settle_overdue(pada=timezone.localdate())["eskalasi"] == 1
    relay()
    return code


@pytest.fixture(autouse=True)
def full_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def test_the_words_of_a_reporter_stand_in_their_one_place_and_nowhere_else(
    client: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah], caplog: pytest.LogCaptureFixture
) -> None:
    live(client, cast, wilayah)
    told = [one for one in mail.outbox if one.to == [PENANDA["surel"]]]
    assert len(told) == 9  # the question, and eight pieces of news
    assert len(mail.outbox) > len(told)  # those of officers
    assert traces(everything(caplog)) == TEMPAT


def test_after_erasure_only_what_officers_wrote_is_left(
    client: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah], caplog: pytest.LogCaptureFixture
) -> None:
    code = live(client, cast, wilayah)
    before = database()[LAPORAN]
    assert client.post("/lapor/tanggapi/", code | {"aksi": "hapus", "yakin": "on"}).status_code == 200
    hapus_pengaduan_lama()
    assert before != database()[LAPORAN]
    assert traces(everything(caplog)) == SESUDAH
    assert fresh(Pengaduan.objects.get()).lampiran.count() == 0


def test_no_order_to_the_background_carries_a_word() -> None:
    """Tasks are told nothing, or the number of a row of figures."""
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    told = {name: list(inspect.signature(inspect.unwrap(task.run)).parameters) for name, task in ours.items()}
    assert "pengaduan.tasks.jaga_tenggat" in told
    assert {name: args for name, args in told.items() if args} == {"layanan_dasar.tasks.hitung_bagian": ["bagian_id"]}


def test_what_the_database_refuses_is_logged_without_the_row(
    wilayah: dict[str, Wilayah], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database quotes the row in its refusal, and the log the refusal."""
    monkeypatch.setattr("pengaduan.actions.terima.is_rahasia", lambda *asked: False)
    said = form(wilayah, wbs="on") | {name: PENANDA[name] for name in ("judul", "isi", "lokasi")}
    with transaction.atomic():
        answer = Client(raise_request_exception=False).post(ALAMAT, said)
        transaction.set_rollback(True)
    assert answer.status_code == 500
    assert "pengaduan_pengawasan_rahasia" in caplog.text
    assert traces(everything(caplog)) == {}


def test_the_worker_logs_like_the_web_server() -> None:
    script = (
        "import django, logging; django.setup(); from p3pd_portal.celery import app; app.log.setup(loglevel='INFO');"
        "logging.getLogger('celery.app.trace').error('Task gagal: %r', 'ditolak DETAIL: Kata Siti')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    assert "Task gagal: 'ditolak DETAIL: (tidak dicatat)" in done.stderr
    assert "Siti" not in done.stdout + done.stderr


# The search itself


def in_log(satu: Pengaduan, cast: SimpleNamespace) -> None:
    logging.getLogger("pengaduan").info("Laporan %s", PENANDA["isi"])


def in_outbox(satu: Pengaduan, cast: SimpleNamespace) -> None:
    send_surel(kepada=None, templat="kabar_pelapor", konteks={"langkah": "0", "isi": PENANDA["isi"]})


def in_notice(satu: Pengaduan, cast: SimpleNamespace) -> None:
    notify(kepada=[cast.camat_a], jenis="data", judul="Laporan", isi=PENANDA["isi"], url="/mulai/")


def in_access(satu: Pengaduan, cast: SimpleNamespace) -> None:
    record_access(by=cast.camat_a, objek=satu, alasan=PENANDA["isi"])


def in_audit(satu: Pengaduan, cast: SimpleNamespace) -> None:
    Pengaduan.objects.filter(pk=satu.pk).update(nomor_rujukan=PENANDA["isi"])


def in_bytes(satu: Pengaduan, cast: SimpleNamespace) -> None:
    satu.lampiran.update(isi=PENANDA["isi"].encode())


def in_mail(satu: Pengaduan, cast: SimpleNamespace) -> None:
    mail.send_mail("Kabar", PENANDA["isi"], None, ["siti@warga.test"])


def in_contact(satu: Pengaduan, cast: SimpleNamespace) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pengaduan_kontakpelapor SET nama = %s", [PENANDA["isi"]])


def in_broker(satu: Pengaduan, cast: SimpleNamespace) -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.set("uji-penanda", PENANDA["isi"], ex=60)


@pytest.mark.parametrize(
    ("leak", "place"),
    [
        (in_log, "log"),
        (in_outbox, "db:kecamatan_pesankeluar"),
        (in_notice, "db:kecamatan_notifikasi"),
        (in_access, "db:kecamatan_catatanakses"),
        (in_audit, "db:kecamatan_catatanaudit"),
        (in_bytes, "db:pengaduan_lampiran"),
        (in_mail, "surel"),
        (in_contact, "db:pengaduan_kontakpelapor"),
        (in_broker, "valkey"),
    ],
)
def test_a_leak_anywhere_is_found(
    leak: Any, place: str, client: Client, cast: SimpleNamespace, wilayah: dict[str, Wilayah],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    satu, _code = lapor(client, wilayah)
    assert place not in traces(everything(caplog)).get("isi", set())
    leak(satu, cast)
    assert place in traces(everything(caplog))["isi"]
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete("uji-penanda")
