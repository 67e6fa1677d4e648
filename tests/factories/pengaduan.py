import datetime
import secrets

import factory
from django.utils import timezone

from kecamatan.queries.wilayah import kecamatan_of
from pengaduan.models import (
    JawabanBaku,
    KategoriPengaduan,
    KirimanOpen311,
    KontakPelapor,
    KunciApi,
    Lampiran,
    Langkah,
    LangkahPengaduan,
    Pengaduan,
    Pihak,
)
from tests.factories.orang import PenggunaFactory


class KategoriFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = KategoriPengaduan
        django_get_or_create = ("kode",)

    kode = "infrastruktur"
    nama = "Jalan, jembatan, dan sarana umum"
    penjelasan = "Kerusakan sarana."
    urutan = 8


class JawabanBakuFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JawabanBaku

    judul = factory.Sequence(lambda n: f"Diteruskan ke PLN {n}")
    isi = "Tiang listrik diurus PLN. Laporan Anda sudah kami teruskan."


class PengaduanFactory(factory.django.DjangoModelFactory):
    """A report that the desk of its kecamatan has not looked at yet; its region must be given.

    `lengkap` has a contact, one picture and the first line of its history.
    """

    class Meta:
        model = Pengaduan
        skip_postgeneration_save = True

    nomor = factory.Sequence(lambda n: f"DK-110101-2611-{n:07}")
    kode = factory.LazyFunction(lambda: secrets.token_bytes(32))
    kirim = factory.LazyFunction(lambda: secrets.token_bytes(32))
    sidik = b"0" * 32
    kategori = factory.SubFactory(KategoriFactory)
    judul = "Jembatan Dusun Krajan putus"
    isi = "Anak-anak menyeberang sungai sejak hari Senin."
    identitas = "tanpa_identitas"
    meja = factory.LazyAttribute(lambda satu: kecamatan_of(satu.wilayah))
    pelaksana_wilayah = factory.SelfAttribute("meja")
    tenggat = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=3))

    @factory.post_generation
    def lengkap(self, create: bool, extracted: bool, **kwargs: object) -> None:
        if extracted:
            KontakPelapor.objects.create(pengaduan=self, nama="Warga Uji", telepon="+6281234567890")
            Lampiran.objects.create(
                pengaduan=self, urutan=1, status="bersih", tipe="image/png", akhiran="png", ukuran=3, isi=b"png"
            )
            LangkahPengaduan.objects.create(
                pengaduan=self, langkah=Langkah.LAPOR, status=self.status, pihak=Pihak.PELAPOR, catatan="Kata pelapor."
            )


class KunciApiFactory(factory.django.DjangoModelFactory):
    """The key of a program, good for a year; its region must be given. Nobody knows its text."""

    class Meta:
        model = KunciApi

    nama = "Aplikasi Uji"
    tanda = factory.LazyFunction(lambda: secrets.token_bytes(32))
    berlaku_sampai = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=365))
    created_by = factory.SubFactory(PenggunaFactory)


class KirimanOpen311Factory(factory.django.DjangoModelFactory):
    class Meta:
        model = KirimanOpen311

    kunci = factory.SubFactory(KunciApiFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(16))
    sidik = b"0" * 32
