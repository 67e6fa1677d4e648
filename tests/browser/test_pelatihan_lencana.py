"""The printed codes and badges on real telephones: what the QR code opens, and what the camera fills in."""

from types import SimpleNamespace

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from kecamatan.models import Wilayah
from pelatihan.actions.lencana import give_lencana
from pelatihan.models import KodePerangkat, Presensi
from tests.browser.test_masuk import check
from tests.browser.test_smoke import login
from tests.pelatihan.dunia import Dunia, buat_dunia
from tests.pelatihan.kelas import sesi_kini


pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dunia(wilayah: dict[str, Wilayah], cast: SimpleNamespace, acuan: None) -> Dunia:
    return buat_dunia(wilayah)


def scanned(page: Page, path: object) -> list[str]:
    page.screenshot(path=str(path), full_page=True, scale="css")
    return [one.text for one in zxingcpp.read_barcodes(Image.open(str(path)))]


def test_the_code_of_the_sheet_fills_itself_in_and_never_travels_in_an_address(
    page: Page, dunia: Dunia, cast: SimpleNamespace, tmp_path: object
) -> None:
    login(page, cast, "admin_kabupaten")
    page.goto(f"/pelatihan/kelas/{dunia.kelas.pk}/kode/")
    page.get_by_role("button", name="Buat kode").click()
    check(page, "lembar kode")
    found = scanned(page, tmp_path / "lembar.png")  # type: ignore[operator]
    assert len(found) == 6
    page.context.clear_cookies()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(found[0])
    kode = found[0].partition("#")[2]
    expect(page.get_by_label("Kode sekali pakai")).to_have_value(kode)
    assert kode not in page.url
    assert not KodePerangkat.objects.exclude(dipakai_pada=None).exists()  # a preview of the address uses nothing up
    page.get_by_role("button", name="Hubungkan").click()
    page.wait_for_url("**/ikut/*/")
    assert KodePerangkat.objects.exclude(dipakai_pada=None).count() == 1
    assert not any(kode in url.partition("#")[0] for url in asked)


def test_a_steward_types_a_number_or_photographs_the_badge(
    page: Page, dunia: Dunia, cast: SimpleNamespace, tmp_path: object
) -> None:
    give_lencana(by=cast.admin_kabupaten, kelas=dunia.kelas)
    nomor = dict(dunia.kelas.peserta.values_list("pk", "nomor_lencana"))
    first, second = (str(nomor[satu.pk]) for satu in dunia.peserta[:2])
    sesi = sesi_kini(dunia.kelas)
    login(page, cast, "admin_kabupaten")
    page.goto(sesi.get_absolute_url())
    check(page, "presensi dengan lencana")
    assert not page.get_by_text("Potret kode QR lencana").is_visible()  # this browser reads no codes
    page.get_by_role("textbox", name="Nomor lencana").fill(f"{first[:3]} {first[3:]}")
    page.get_by_role("button", name="Tandai hadir").click()
    expect(page.get_by_text(f"{dunia.peserta[0]}: hadir")).to_be_visible()
    page.add_init_script(
        f"window.BarcodeDetector = class {{ async detect() {{ return [{{ rawValue: '{second}' }}]; }} }}"
    )
    page.reload()
    check(page, "presensi dengan kamera")
    photo = tmp_path / "lencana.png"  # type: ignore[operator]
    Image.new("RGB", (40, 40)).save(photo)
    page.get_by_label("Potret kode QR lencana").set_input_files(photo)
    expect(page.get_by_text(f"{dunia.peserta[1]}: hadir")).to_be_visible()
    assert Presensi.objects.filter(cara="petugas").count() == 2
    page.goto(f"/pelatihan/kelas/{dunia.kelas.pk}/")
    check(page, "kelas dengan lencana")
