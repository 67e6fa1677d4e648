"""The fictional demo kabupaten (codes 99.*): its regions, figures, budgets and accounts, from fixtures/contoh."""

import csv
import datetime
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from kecamatan.actions.orang import create_pengguna
from kecamatan.actions.unit import impor_unit
from kecamatan.importers.wilayah import impor_wilayah
from kecamatan.models import Pengguna, ProfilWilayah, UnitLayanan, Wilayah
from kecamatan.permissions import PERAN
from layanan_dasar.actions.belanja import impor_apbdes
from layanan_dasar.actions.nilai import impor_nilai
from p3pd_portal.lib.berkas_yaml import read_yaml
from p3pd_portal.lib.periode import Periode
from pelatihan.contoh import muat_pelatihan
from pengaduan.actions.jawaban_survei import IsiJawaban, answer
from pengaduan.actions.meja import set_tayang, take_langkah
from pengaduan.actions.survei import (
    close_survei,
    create_survei,
    open_survei,
    plan_survei,
    publish_survei,
)
from pengaduan.actions.terima import Laporan, terima
from pengaduan.models import KategoriPengaduan, Langkah
from pengaduan.models.jawaban_survei import UNSUR


FOLDER = settings.BASE_DIR / "fixtures" / "contoh"


@dataclass(frozen=True)
class AkunContoh:
    """A demo account as shown to whoever runs the portal on a laptop."""

    surel: str
    peran: str
    kata_sandi: str
    kode: str


def _data() -> dict[str, Any]:
    return read_yaml(FOLDER / "akun.yaml")


@transaction.atomic
def muat_contoh() -> None:
    """Load the demo kabupaten and its accounts.

    Raises:
        ImproperlyConfigured: this is a production server; the accounts' password is public.
    """
    if settings.HTTPS:
        raise ImproperlyConfigured("Akun contoh berkata sandi umum dan tidak dipasang bila PORTAL_HTTPS=1.")
    with (FOLDER / "wilayah.csv").open(newline="", encoding="utf-8") as file:
        impor_wilayah((row["kode"], row["nama"]) for row in csv.DictReader(file))
    _muat_latar()  # before the budgets, whose import computes the index
    for name in ("apbdes.csv", "apbdes_ringkas.csv"):
        with (FOLDER / name).open("rb") as content:
            impor_apbdes(content)
    with (FOLDER / "unit.csv").open("rb") as content:
        impor_unit(content)
    data = _data()
    for akun in data["akun"]:
        pengguna = create_pengguna(
            nama=akun["nama"],
            nip=akun.get("nip"),
            email=akun["surel"],
            peran=akun["peran"],
            wilayah=Wilayah.objects.in_force().get(kode=akun["wilayah"]),
            mulai=datetime.date(2024, 1, 1),
            dasar="akun contoh",
            password=data["kata_sandi"],
            superuser=akun.get("superuser", False),
        )
        TOTP.activate(pengguna, data["rahasia_totp"])
    _muat_pengaduan()
    _muat_survei()
    kabupaten = Wilayah.objects.in_force().get(kode="99.01")
    muat_pelatihan(FOLDER / "pelatihan.yaml", by=Pengguna.objects.bertugas(kabupaten, ["admin_kabupaten"]).get())


def _muat_latar() -> None:
    """Made-up people and figures of the five services, so that the demo has something to compare spending with."""
    ids = dict(Wilayah.objects.in_force().filter(contoh=True).values_list("kode", "id"))
    with (FOLDER / "penduduk.csv").open(newline="", encoding="utf-8") as file:
        ProfilWilayah.objects.bulk_create(
            ProfilWilayah(wilayah_id=ids[row["kode"]], per=row["per"], penduduk=row["penduduk"], sumber="data rekaan")
            for row in csv.DictReader(file)
        )
    with (FOLDER / "capaian.csv").open("rb") as content:
        impor_nilai(content, sumber="data rekaan")


def _muat_pengaduan() -> None:
    """Made-up reports of citizens, each at another step, taken by the camat of their kecamatan."""
    for nomor, row in enumerate(read_yaml(FOLDER / "pengaduan.yaml")):
        laporan = Laporan(
            jenis="pengaduan",
            kategori=KategoriPengaduan.objects.get(pk=row["kategori"]),
            wilayah=Wilayah.objects.in_force().get(kode=row["wilayah"]),
            judul=row["judul"],
            isi=row["isi"],
            identitas="tanpa_identitas",
        )
        satu = terima(laporan=laporan, kunci=f"contoh-{nomor}").pengaduan
        camat = Pengguna.objects.bertugas(satu.meja, ["camat"]).get()
        for langkah in row["langkah"]:
            take_langkah(
                by=camat, pengaduan=satu, langkah=Langkah(langkah), catatan="Terima kasih, kami tindak lanjuti."
            )
        if "tayang" in row:
            set_tayang(by=camat, pengaduan=satu, tayang=True, judul=row["tayang"], isi=row["isi"])


def _muat_survei() -> None:
    """Made-up answers to two surveys of the camat's office, one published and one that runs."""
    data = read_yaml(FOLDER / "survei.yaml")
    unit = UnitLayanan.objects.get(nama=data["unit"], wilayah__kode=data["wilayah"])
    camat = Pengguna.objects.bertugas(Wilayah.objects.get(kode=data["kecamatan"]), ["camat"]).get()
    today = timezone.localdate()
    for back, terbit in ((1, True), (0, False)):
        periode = str(Periode.of("S", today).shift(-back))
        survei = create_survei(
            by=camat, unit=unit, jenis_layanan=data["jenis_layanan"], periode=periode, populasi=data["populasi"],
            dari=today, sampai=today + datetime.timedelta(days=30),
        )  # fmt: skip
        open_survei(by=camat, survei=survei)
        for nomor, nilai in enumerate(data["jawaban"]):
            isi = IsiJawaban(nilai=dict(zip(UNSUR, map(int, nilai), strict=True)))
            answer(survei=survei, isi=isi, kunci=f"contoh-{periode}-{nomor}")
        if terbit:
            close_survei(by=camat, survei=survei)
            plan_survei(by=camat, survei=survei, rencana=data["rencana"])
            publish_survei(by=camat, survei=survei)


def akun_contoh() -> list[AkunContoh]:
    """The demo accounts that exist, with their TOTP codes of this half minute."""
    data = _data()
    existing = set(Pengguna.objects.filter(is_active=True).values_list("email", flat=True))
    _, counter, _ = yield_hotp_counters_from_time()
    kode = format_hotp_value(hotp_value(data["rahasia_totp"], counter))
    return [
        AkunContoh(akun["surel"], PERAN[akun["peran"]].label, data["kata_sandi"], kode)
        for akun in data["akun"]
        if akun["surel"] in existing
    ]
