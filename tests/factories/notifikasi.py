import factory

from kecamatan.models import Notifikasi, PesanKeluar
from tests.factories.orang import PenggunaFactory


class NotifikasiFactory(factory.django.DjangoModelFactory):
    """An unread notice that stands in the portal alone."""

    class Meta:
        model = Notifikasi

    kepada = factory.SubFactory(PenggunaFactory)
    jenis = "data"
    judul = factory.Sequence(lambda n: f"Notifikasi {n}")
    url = "/mulai/"
    surel = "tidak"


class PesanKeluarFactory(factory.django.DjangoModelFactory):
    """A summary without notices, due since now."""

    class Meta:
        model = PesanKeluar

    kepada = factory.SubFactory(PenggunaFactory)
    templat = "ringkasan"
