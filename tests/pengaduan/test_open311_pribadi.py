"""What a program sends lies where the words of any reporter lie, and the secrets of the answer lie nowhere."""

import logging
from types import SimpleNamespace

import pytest

from kecamatan.models import Wilayah
from pengaduan.models import KunciApi, Pengaduan
from tests.pengaduan.open311 import baca, isi, kirim, kunci_for
from tests.pengaduan.test_pribadi import LAPORAN, PENANDA, everything, traces


pytestmark = pytest.mark.django_db
TAK_DISIMPAN = {
    "device_id": "xqperangkat",
    "account_id": "xqakun",
    "media_url": "http://xqmedia.test/",
    "idem": "xqidem",
}


def test_words_and_contact_stand_in_their_one_place_and_secrets_in_none(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kunci = kunci_for(cast, wilayah["11.01"])
    said = isi(
        kunci, description=PENANDA["isi"], first_name=PENANDA["nama"], phone=f"0{PENANDA['telepon']}",
        email=PENANDA["surel"], device_id=TAK_DISIMPAN["device_id"], account_id=TAK_DISIMPAN["account_id"],
        media_url=TAK_DISIMPAN["media_url"], address_string=PENANDA["lokasi"],
        **{"attribute[judul]": PENANDA["judul"]},
    )  # fmt: skip
    (got,) = baca(kirim(said, Idempotency_Key=TAK_DISIMPAN["idem"]))
    assert kirim(said | {"phone": "abc"}, Idempotency_Key=TAK_DISIMPAN["idem"]).status_code == 400
    places = everything(caplog)
    assert traces(places) == {name: {LAPORAN} for name in ("judul", "isi", "lokasi")}
    code = got["service_notice"].split("rahasia ")[1].split(".")[0]
    secrets = [kunci.split("_", 2)[2], code, code.replace("-", ""), *TAK_DISIMPAN.values()]
    assert [secret for secret in secrets if any(secret.lower() in text.lower() for text in places.values())] == []
    assert (Pengaduan.objects.count(), KunciApi.objects.count()) == (1, 1)
