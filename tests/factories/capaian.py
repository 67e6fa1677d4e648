"""Indicators, their targets and figures."""

from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from kecamatan.models import Bidang
from layanan_dasar.models import Capaian, GapBidang, Indikator, NilaiIndikator, StatusNilai, TargetIndikator
from p3pd_portal.lib.periode import Periode


def bidang(kode: str) -> Bidang:
    return Bidang.objects.get_or_create(kode=kode, defaults={"nama": kode, "urutan": 1})[0]


class IndikatorFactory(factory.django.DjangoModelFactory):
    """A yearly percentage, the higher the better."""

    class Meta:
        model = Indikator
        django_get_or_create = ("kode",)

    class Params:
        bidang_kode = "PDK"

    kode = factory.Sequence(lambda n: f"UJI-{n:02}")
    nama = factory.LazyAttribute(lambda satu: f"Indikator {satu.kode}")
    bidang = factory.LazyAttribute(lambda satu: bidang(satu.bidang_kode))
    definisi = "Definisi."
    mengapa_penting = "Sebab."
    jenis = "persen"
    arah = "naik"
    satuan = "%"
    pembilang = "anak bersekolah"
    penyebut = "anak"
    frekuensi = "Y"
    tingkat_publikasi = "desa"
    sumber = "uji"
    keyakinan = "tinggi"


class TargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TargetIndikator

    indikator = factory.SubFactory(IndikatorFactory)
    nilai = Decimal(100)
    basis = "portal"
    keyakinan = "rendah"


class NilaiFactory(factory.django.DjangoModelFactory):
    """A published figure: 82 of 100."""

    class Meta:
        model = NilaiIndikator

    indikator = factory.SubFactory(IndikatorFactory)
    periode = "2025"
    akhir = factory.LazyAttribute(lambda satu: Periode.parse(satu.periode).akhir)
    pembilang: Any = 82
    penyebut: Any = 100
    status = StatusNilai.ADA
    terbit_pada = factory.LazyFunction(timezone.now)


class CapaianFactory(factory.django.DjangoModelFactory):
    """A row of the result table as it stands, without the desa behind it: 82 of 100."""

    class Meta:
        model = Capaian

    indikator = factory.SubFactory(IndikatorFactory)
    periode = "2025"
    akhir = factory.LazyAttribute(lambda satu: Periode.parse(satu.periode).akhir)
    pembilang: Any = 82
    penyebut: Any = 100
    status = StatusNilai.ADA
    nilai = factory.LazyAttribute(
        lambda satu: satu.penyebut and round(Decimal(100 * satu.pembilang) / satu.penyebut, 4)
    )
    n_data = 1
    n_desa = 1


class GapFactory(factory.django.DjangoModelFactory):
    """Half way to the targets of a service in 2025, by two indicators."""

    class Meta:
        model = GapBidang

    class Params:
        bidang_kode = "PDK"

    tahun = 2025
    bidang = factory.LazyAttribute(lambda satu: bidang(satu.bidang_kode))
    gap = Decimal("0.5")
    n_indikator = 2
    n_katalog = 2
