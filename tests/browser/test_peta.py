"""The map as a person meets it: on a phone, by touch, by keyboard, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kecamatan.importers.batas import impor_batas
from kecamatan.models import Wilayah
from layanan_dasar.aggregation.kualitas import rebuild
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import APBDesFactory, BarisAPBDesFactory
from tests.kecamatan.geojson import geojson, square


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
KABUPATEN = "/wilayah/11.01/"


@pytest.fixture
def figures(wilayah: dict[str, Wilayah], acuan: None) -> None:
    """Alfa is large, Beta a speck beside it; of Beta nothing is known."""
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah["11.01.01.2001"]))
    rebuild(2025)
    impor_batas(geojson({"11.01.01": square(), "11.01.02": square(1.2, side=0.001)}), sumber="Peta Uji")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
@pytest.mark.parametrize("url", [KABUPATEN, "/wilayah/11.01.01/", "/wilayah/11/"])
def test_maps_and_tiles_fit_the_screen_and_are_accessible(
    page: Page, figures: None, screen: dict[str, int], url: str
) -> None:
    page.set_viewport_size(screen)
    page.goto(url)
    expect(page.locator("#peta")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "melebar melewati layar"
    violations = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in violations if rule["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["360 px", "1280 px"])
def test_a_speck_can_be_tapped_within_24_pixels(page: Page, figures: None, screen: dict[str, int]) -> None:
    page.set_viewport_size(screen)
    page.goto(KABUPATEN)
    hit = page.locator("#peta .titik").evaluate(
        """dot => {
            dot.scrollIntoView({ block: 'center', behavior: 'instant' });
            const { x, y, width, height } = dot.getBoundingClientRect(), [cx, cy] = [x + width / 2, y + height / 2];
            return [[0, 0], [11, 0], [-11, 0], [0, 11], [0, -11]].map(([dx, dy]) =>
                document.elementFromPoint(cx + dx, cy + dy)?.closest('a')?.getAttribute('href'));
        }"""
    )
    assert hit == ["/wilayah/11.01.02/"] * 5


def test_a_tap_on_an_area_opens_its_page(page: Page, figures: None) -> None:
    page.goto(KABUPATEN)
    page.locator("#peta").get_by_role("link", name="Alfa: 100,0%, dari 1 dari 2 desa").click()
    page.wait_for_url("**/wilayah/11.01.01/")


def test_the_keyboard_walks_the_list_and_not_every_area(page: Page, figures: None) -> None:
    page.goto(KABUPATEN)
    assert page.locator("#peta svg a").evaluate_all("links => links.every(link => link.tabIndex === -1)")
    assert page.locator("#peta .kelas a").evaluate_all("links => links.every(link => link.tabIndex === 0)")


def test_names_are_written_on_large_screens_only(page: Page, figures: None) -> None:
    page.goto(KABUPATEN)
    label = page.locator("#peta text", has_text="Alfa")
    expect(label).to_be_hidden()
    page.set_viewport_size(DESKTOP)
    expect(label).to_be_visible()
    assert label.evaluate("label => label.getBoundingClientRect().height") >= 12


def test_unknown_is_hatched_and_known_is_filled(page: Page, figures: None) -> None:
    page.goto(KABUPATEN)
    fill = "path => getComputedStyle(path).fill"
    assert page.locator("#daerah-peta .k4").evaluate(fill) == "rgb(3, 70, 110)"
    assert "#arsir-peta" in page.locator("#daerah-peta .kx").evaluate(fill)


def test_the_map_stays_on_paper(page: Page, figures: None) -> None:
    page.goto(KABUPATEN)
    page.emulate_media(media="print")
    assert page.locator("#peta svg").is_visible()
    assert page.locator("#peta .kelas").is_visible()
