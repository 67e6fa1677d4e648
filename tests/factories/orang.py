import datetime

import factory
from allauth.mfa.totp.internal.auth import TOTP

from kecamatan.models import Orang, Pengguna, Penugasan
from tests import totp


class OrangFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Orang

    nama = factory.Sequence(lambda n: f"Orang {n}")


class PenggunaFactory(factory.django.DjangoModelFactory):
    """An account with the password "rahasia-sekali" and a second factor; `langkah_kedua=False` leaves that out."""

    class Meta:
        model = Pengguna
        skip_postgeneration_save = True

    orang = factory.SubFactory(OrangFactory)
    email = factory.Sequence(lambda n: f"orang{n}@uji.test")
    password = factory.django.Password("rahasia-sekali")

    @factory.post_generation
    def langkah_kedua(self, create: bool, wanted: bool | None, **kwargs: object) -> None:
        if wanted is not False:
            TOTP.activate(self, totp.SECRET)


class PenugasanFactory(factory.django.DjangoModelFactory):
    """Work as camat since 2020, without an end; the region must be given."""

    class Meta:
        model = Penugasan

    pengguna = factory.SubFactory(PenggunaFactory)
    peran = "camat"
    mulai = datetime.date(2020, 1, 1)
