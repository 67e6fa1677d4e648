import datetime

import factory

from kecamatan.models import HariLibur


class HariLiburFactory(factory.django.DjangoModelFactory):
    """A national holiday on a Wednesday, in force."""

    class Meta:
        model = HariLibur

    tanggal = datetime.date(2026, 7, 15)
    nama = "Hari Uji"
    jenis = "nasional"
    sumber = "SKB uji"
