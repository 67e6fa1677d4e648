"""Our OpenAPI document against the portal: whatever is sent, fitting the document or not, nothing fails inside, and
every answer is one that the document announces, in the shape it announces."""

from collections import Counter
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from kecamatan.models import Wilayah
from p3pd_portal.wsgi import application
from pengaduan.forms_open311_kirim import KirimForm
from pengaduan.models import Pengaduan
from pengaduan.views import open311_kirim
from tests.factories import KirimanOpen311Factory
from tests.pengaduan.dunia import A1, A
from tests.pengaduan.open311 import kunci_for, tayang


pytestmark = pytest.mark.django_db(transaction=True)
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SEMUA = {"jalur", "service_code", "address_id", "description", "kunci"}
ADA = st.one_of(st.just(SEMUA), st.sets(st.sampled_from(sorted(SEMUA))))
"""Which parts of a case are replaced by what exists."""
DIKIRIM = st.sets(st.sampled_from(sorted(KirimForm.base_fields)))
"""What else is sent beside all that exists: one wrong argument is enough to refuse a report."""
TAK_TERTULIS = [positive_data_acceptance, negative_data_rejection]
"""What the document cannot say: which codes exist, that a place belongs to each report, that unknown arguments are
ignored. What is accepted and what is refused is tested by name in test_open311.py and test_open311_kirim.py."""


@pytest.fixture
def skema(wilayah: dict[str, Wilayah]) -> Any:
    """The document as the portal serves it, and the portal itself as the server runs it: every request commits."""
    return schemathesis.openapi.from_wsgi("/open311/v2/openapi.json", application)


@pytest.fixture
def benar(cast: SimpleNamespace, wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What exists: a fuzzer would not guess it."""
    monkeypatch.setattr(open311_kirim, "SEJAM", 10**9)
    satu = tayang(wilayah[A1])
    kiriman = KirimanOpen311Factory(pengaduan=satu, kunci__wilayah=wilayah[A])
    return {
        "kunci": kunci_for(cast, wilayah["11.01"]),
        "jalur": {"service_code": "kesehatan", "service_request_id": satu.nomor, "token": kiriman.token},
        "isi": {"service_code": "kesehatan", "address_id": A1, "description": "Bidan tidak ada."},
    }


def serang(operasi: Any, mode: GenerationMode, benar: dict[str, Any], kali: int, benih: int) -> Counter[int]:
    """Ask one operation so often; returns how often it answered with which status.

    Of each case some parts are what exists, so that what lies behind the first refusal is reached, too.
    """
    found: Counter[int] = Counter()

    @seed(benih)
    @settings(
        max_examples=kali,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operasi.as_strategy(generation_mode=mode), ADA, DIKIRIM)
    def ask(case: Any, exists: set[str], kept: set[str]) -> None:
        headers = {"Accept-Encoding": "identity"} | ({"X-Api-Key": benar["kunci"]} if "kunci" in exists else {})
        if "jalur" in exists and case.path_parameters:
            case.path_parameters |= {name: benar["jalur"][name] for name in case.path_parameters}
        if isinstance(case.body, dict):
            said = {name: value for name, value in case.body.items() if name in kept or exists != SEMUA}
            case.body = said | {name: benar["isi"][name] for name in exists & benar["isi"].keys()}
        answer = case.call(headers=headers)
        found[answer.status_code] += 1
        case.validate_response(answer, excluded_checks=TAK_TERTULIS, headers=headers)

    with suppress(Unsatisfiable):  # nothing can be wrong where nothing is asked for
        ask()
    return found


def serang_semua(skema: Any, benar: dict[str, Any], jumlah: int) -> Counter[int]:
    """Every operation in turn, until so many requests were answered."""
    found: Counter[int] = Counter()
    operasi = [one.ok() for one in skema.get_all_operations()]
    each = max(10, jumlah // (len(operasi) * len(MODES)))
    for benih in range(100):
        for satu in operasi:
            for mode in MODES:
                found += serang(satu, mode, benar, each, benih)
        if found.total() >= jumlah:
            break
    return found


def test_three_hundred_requests_find_no_fault(skema: Any, benar: dict[str, Any]) -> None:
    found = serang_semua(skema, benar, 300)
    assert found.total() >= 300
    assert {200, 400, 403, 404} <= set(found)
    assert Pengaduan.objects.count() > 1  # some of it was a report


@pytest.mark.lengkap
@pytest.mark.timeout(3600)
def test_twenty_thousand_requests_find_no_fault(skema: Any, benar: dict[str, Any]) -> None:
    found = serang_semua(skema, benar, 20_000)
    assert found.total() >= 20_000
    assert [status for status in found if status >= 500] == []
