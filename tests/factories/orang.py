import datetime

import factory

from kecamatan.models import Orang, Pengguna, Penugasan


class OrangFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Orang

    nama = factory.Sequence(lambda n: f"Orang {n}")


class PenggunaFactory(factory.django.DjangoModelFactory):
    """An account with the password "rahasia-sekali"."""

    class Meta:
        model = Pengguna
        skip_postgeneration_save = True

    orang = factory.SubFactory(OrangFactory)
    email = factory.Sequence(lambda n: f"orang{n}@uji.test")
    password = factory.django.Password("rahasia-sekali")


class PenugasanFactory(factory.django.DjangoModelFactory):
    """Work as camat since 2020, without an end; the region must be given."""

    class Meta:
        model = Penugasan

    pengguna = factory.SubFactory(PenggunaFactory)
    peran = "camat"
    mulai = datetime.date(2020, 1, 1)
