"""Everybody whom the access tests ask: the cast, a visitor, the admin of another province, and three whose work or
account is not in order."""

from http.cookies import SimpleCookie

from django.test import Client

from kecamatan.models import Pengguna, Wilayah
from tests.conftest import CAST, create_cast
from tests.factories import PenggunaFactory, PenugasanFactory
from tests.kebijakan import REGION, Person


PROVINSI_LAIN = "99"
PERSONS = [
    *(Person(name, True, peran, kode) for name, (peran, kode) in CAST.items()),
    Person("admin_provinsi_lain", True, "admin_provinsi", PROVINSI_LAIN),
    Person("berhenti", True),
    Person("nonaktif", False),
    Person("tanpa_mfa", True, "verifikator", REGION, has_mfa=False),
    Person("warga", False),
]


def log_in_everybody(cookies: dict[str, SimpleCookie]) -> None:
    """Accounts of the cast and four more: `admin_provinsi_lain` works in another province, `berhenti` had an operator's
    work until 2021, `nonaktif` was switched off, `tanpa_mfa` is a verifier who has not set up the second factor."""
    create_cast()
    region = Wilayah.objects.get(kode=REGION)
    accounts = {satu.orang.nama: satu for satu in Pengguna.objects.select_related("orang")}
    elsewhere = PenugasanFactory(wilayah=Wilayah.objects.get(kode=PROVINSI_LAIN), peran="admin_provinsi")
    accounts["admin_provinsi_lain"] = elsewhere.pengguna
    ended = PenugasanFactory(wilayah=region, peran="operator_kecamatan", sampai="2021-12-31")
    accounts["berhenti"] = ended.pengguna
    accounts["nonaktif"] = PenggunaFactory()
    PenugasanFactory(pengguna=accounts["nonaktif"], peran="operator_kecamatan", wilayah=region)
    accounts["tanpa_mfa"] = PenggunaFactory(langkah_kedua=False)
    PenugasanFactory(pengguna=accounts["tanpa_mfa"], peran="verifikator", wilayah=region)
    for name, account in accounts.items():
        client = Client()
        client.force_login(account)
        cookies[name] = client.cookies
    accounts["nonaktif"].is_active = False
    accounts["nonaktif"].save()
