import re

import pytest
from django.test import Client

from kecamatan.importers.wilayah import impor_wilayah
from tests.assertions import content, visible_text


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wilayah")]
HTMX = {"HX-Request": "true"}


def links(html: str) -> list[str]:
    """Regions a page leads to."""
    return re.findall(r'href="/wilayah/([0-9.]+)/"', html)


def test_the_page_lists_the_hits_with_name_path_and_code(client: Client) -> None:
    answer = client.get("/cari/", {"q": "A1 Alfa"})
    assert links(content(answer)) == ["11.01.01.2001"]
    assert "Desa A1 A1, Alfa, Kabupaten Satu, Uji · 11.01.01.2001" in visible_text(answer)


def test_the_page_keeps_what_was_typed(client: Client) -> None:
    assert 'name="q" value="A1 Alfa"' in content(client.get("/cari/", {"q": " A1  Alfa "}))


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "  "}])
def test_without_a_question_there_is_only_the_form(query: dict[str, str], client: Client) -> None:
    answer = client.get("/cari/", query)
    assert answer.status_code == 200
    assert "Cari desa, kecamatan, atau kabupaten" in visible_text(answer)
    assert "Tidak ada wilayah yang cocok" not in visible_text(answer)


def test_no_hit_says_what_to_try(client: Client) -> None:
    text = visible_text(client.get("/cari/", {"q": "Atlantis"}))
    assert "Tidak ada wilayah yang cocok. Periksa ejaannya, tulis sebagian nama saja, atau tulis kode" in text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_more_hits_than_shown_are_announced(headers: dict[str, str], client: Client) -> None:
    impor_wilayah([(f"11.01.01.2{n}", "Mekar") for n in range(100, 121)])
    answer = client.get("/cari/", {"q": "Mekar"}, headers=headers)
    assert len(links(content(answer))) == 20
    assert "Masih ada yang lain. Tambahkan nama kabupaten" in visible_text(answer)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_what_was_typed_is_never_markup(headers: dict[str, str], client: Client) -> None:
    assert "<b>" not in content(client.get("/cari/", {"q": '"><b>x'}, headers=headers))


def test_htmx_gets_the_list_items_alone(client: Client) -> None:
    answer = client.get("/cari/", {"q": "A1"}, headers=HTMX)
    assert content(answer).strip().startswith("<li")
    assert 'role="option" id="hasil-11.01.01.2001" aria-selected="false"' in content(answer)
    assert visible_text(answer) == "Desa A1 A1, Alfa, Kabupaten Satu, Uji · 11.01.01.2001"


def test_htmx_is_told_when_nothing_fits_and_gets_nothing_for_nothing(client: Client) -> None:
    nothing = "Tidak ada wilayah yang cocok. Periksa ejaannya atau tulis kodenya."
    assert visible_text(client.get("/cari/", {"q": "Atlantis"}, headers=HTMX)) == nothing
    assert visible_text(client.get("/cari/", {"q": ""}, headers=HTMX)) == ""


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_caches_keep_page_and_fragment_apart(headers: dict[str, str], client: Client) -> None:
    assert "HX-Request" in client.get("/cari/", {"q": "A1"}, headers=headers).headers["Vary"]
