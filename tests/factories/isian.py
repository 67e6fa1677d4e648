"""The desk of figures: datasets, rules and sheets."""

import datetime

import factory

from layanan_dasar.models import AturanIsian, Dataset, Isian
from p3pd_portal.lib.periode import Periode
from tests.factories.capaian import bidang


class DatasetFactory(factory.django.DjangoModelFactory):
    """Education once a year, filled in by the education office and the kecamatan."""

    class Meta:
        model = Dataset
        django_get_or_create = ("kode",)

    class Params:
        bidang_kode = "PDK"

    frekuensi = "Y"
    bidang = factory.LazyAttribute(lambda satu: bidang(satu.bidang_kode))
    kode = factory.LazyAttribute(lambda satu: f"{satu.bidang_kode}-{satu.frekuensi}")
    nama = factory.LazyAttribute(lambda satu: f"Dataset {satu.kode}")
    pengisi = factory.List(["upt_pendidikan", "operator_kecamatan"])
    hari_tenggat = 20
    hari_tenggang = 20
    dari = datetime.date(2025, 1, 1)


class AturanIsianFactory(factory.django.DjangoModelFactory):
    """An error of a cell: more than there are."""

    class Meta:
        model = AturanIsian
        django_get_or_create = ("kode",)

    kode = factory.Sequence(lambda n: f"aturan-{n}")
    ekspresi = "pembilang <= penyebut"
    tingkat = "galat"
    cakupan = "sel"
    pesan = "Pembilang {pembilang} melebihi penyebut {penyebut}. Perbaiki salah satunya."


class IsianFactory(factory.django.DjangoModelFactory):
    """A draft of 2025; the kecamatan must be given."""

    class Meta:
        model = Isian

    dataset = factory.SubFactory(DatasetFactory)
    periode = "2025"
    akhir = factory.LazyAttribute(lambda satu: Periode.parse(satu.periode).akhir)
