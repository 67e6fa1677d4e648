from types import SimpleNamespace

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kecamatan.decorators import load_nasional, load_wilayah, load_wilayah_publik, require_izin
from kecamatan.models import Pengguna, Wilayah
from kecamatan.permissions import Izin
from tests.assertions import visible_text


pytestmark = pytest.mark.django_db


def show(request: HttpRequest, wilayah: Wilayah, bagian: str = "semua") -> HttpResponse:
    """The view under the decorators."""
    return HttpResponse(f"{wilayah.nama}, {bagian}")


def ask(user: Pengguna | AnonymousUser | None = None, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


close = {"berlaku_sampai": "2025-06-30"}
work = load_wilayah(show)
public = load_wilayah_publik(show)
importing = load_wilayah(require_izin(Izin.IMPOR_APBDES)(show))


# Work pages


def test_people_of_the_region_get_the_page_with_its_other_arguments(cast: SimpleNamespace) -> None:
    assert work(ask(cast.camat_a), kode="11.01.01").content == b"Alfa, semua"
    assert work(ask(cast.camat_a), kode="11.01.01.2001", bagian="belanja").content == b"A1, belanja"


@pytest.mark.parametrize("kode", ["11.01.02", "11.01", "0", "11.01.77", "110101", ""])
def test_every_other_region_does_not_exist_for_them(kode: str, cast: SimpleNamespace) -> None:
    with pytest.raises(Http404):
        work(ask(cast.camat_a), kode=kode)


def test_for_a_visitor_no_region_of_work_exists(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Http404):
        work(ask(), kode="11.01.01")


def test_a_closed_region_is_no_region_of_work(cast: SimpleNamespace) -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(**close)
    with pytest.raises(Http404):
        work(ask(cast.camat_a), kode="11.01.01.2001")


def test_the_right_role_passes(cast: SimpleNamespace) -> None:
    assert importing(ask(cast.operator_kecamatan_a), kode="11.01.01", bagian="x").content == b"Alfa, x"


@pytest.mark.parametrize("name", ["camat_a", "upt_kesehatan_a", "upt_pendidikan_a"])
def test_the_wrong_role_is_refused(name: str, cast: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        importing(ask(getattr(cast, name)), kode="11.01.01")


def test_a_stranger_in_the_right_role_learns_nothing(cast: SimpleNamespace) -> None:
    with pytest.raises(Http404):
        importing(ask(cast.operator_kecamatan_b), kode="11.01.01")


# Public pages


def test_everybody_gets_a_public_page(wilayah: dict[str, Wilayah]) -> None:
    assert public(ask(), kode="11.01.01", bagian="x").content == b"Alfa, x"


@pytest.mark.parametrize(("kode", "url"), [("110101", "/wilayah/11.01.01/"), ("1101012001", "/wilayah/11.01.01.2001/")])
def test_a_code_without_dots_leads_to_the_page_for_good(kode: str, url: str, wilayah: dict[str, Wilayah]) -> None:
    answer = public(ask(path=f"/wilayah/{kode}/?tahun=2025"), kode=kode)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{url}?tahun=2025")


@pytest.mark.parametrize("kode", ["77", "7777", "11.01.1", "x"])
def test_an_unknown_code_has_no_page(kode: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Http404):
        public(ask(), kode=kode)


def test_a_closed_region_is_explained(wilayah: dict[str, Wilayah], client: Client) -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(**close)
    answer = client.get("/wilayah/11.01.01.2001/")
    assert answer.status_code == 410
    assert "tidak berlaku lagi" in visible_text(answer)


@pytest.mark.parametrize("asked", ["11.01.01.2001", "1101012001"])
def test_an_old_code_leads_to_the_successor_whose_page_says_so(
    asked: str, wilayah: dict[str, Wilayah], client: Client
) -> None:
    Wilayah.objects.filter(kode="11.01.01.2001").update(**close, kode_penerus="11.01.01.2002")
    answer = client.get(f"/wilayah/{asked}/?tahun=2025")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/wilayah/11.01.01.2002/?tahun=2025&dari=11.01.01.2001"
    page = visible_text(client.get(answer.headers["Location"]))
    assert "Kode 11.01.01.2001 (Desa A1) berlaku sampai" in page
    assert "diteruskan wilayah ini" in page


@pytest.mark.parametrize("dari", ["", "11.01.01.2001", "11.01.02.2001", "x" * 500, "\x00"])
def test_nobody_can_make_a_page_claim_a_predecessor(dari: str, wilayah: dict[str, Wilayah], client: Client) -> None:
    Wilayah.objects.filter(kode="11.01.02.2001").update(**close, kode_penerus="11.01.02.2002")
    answer = client.get("/wilayah/11.01.01.2002/", {"dari": dari})
    assert answer.status_code == 200
    assert "diteruskan" not in visible_text(answer)


def test_national_pages_are_for_those_who_work_nationwide(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    view = load_nasional(lambda request, wilayah: wilayah.kode)
    request = ask()
    request.user = cast.admin_pusat
    assert view(request) == "0"
    request.user = cast.admin_kabupaten
    with pytest.raises(Http404):
        view(request)


# What decorators keep


def test_a_public_mark_and_the_name_survive() -> None:
    for decorated in (
        load_wilayah(login_not_required(show)),
        load_wilayah_publik(login_not_required(show)),
        require_izin(Izin.IMPOR_APBDES)(login_not_required(show)),
    ):
        assert decorated.login_required is False  # type: ignore[attr-defined]
        assert (decorated.__name__, decorated.__doc__) == ("show", show.__doc__)
