"""The page of the cascade, its table to take away, and training on a region's page."""

from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.models import Wilayah
from tests.assertions import content, visible_text, weights
from tests.factories import AngkatanFactory, CapaianFactory, IndikatorFactory, PesertaFactory
from tests.pelatihan.dunia_orang import ALFA, aparatur
from tests.pelatihan.queries.test_kaskade import dunia  # noqa: F401 - a fixture


pytestmark = pytest.mark.django_db
HALAMAN = "/wilayah/{}/pelatihan/kaskade/"


@pytest.fixture
def pelatih(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.pelatih_kabupaten)
    return client


def test_the_page_shows_the_tree_the_matrix_and_what_is_missing(
    dunia: SimpleNamespace, pelatih: Client  # noqa: F811
) -> None:  # fmt: skip
    page = pelatih.get(HALAMAN.format("11.01"))
    text = visible_text(page)
    assert "2 pelatih lulus → 2 sudah melatih → 1 kelas → 2 orang dilatih" in text
    assert "Kecamatan Alfa 1 1 0 2" in text
    assert "Jumlah 2 1 1 2" in text
    assert "1 kecamatan belum memiliki aparatur terlatih: Kecamatan Beta." in text
    assert "Belum dapat dibandingkan" in text
    assert weights(content(page))["html"] <= 15 * 1024
    chosen = visible_text(pelatih.get(HALAMAN.format("11.01"), {"tot": dunia.tot.pk, "hal": "1"}))
    assert "Pelatih lulusan ToT 1" in chosen


def test_every_level_has_its_page_but_the_desa(dunia: SimpleNamespace, cast: SimpleNamespace) -> None:  # noqa: F811
    client = Client()
    client.force_login(cast.admin_pusat)
    for kode in ("0", "11", "11.01", ALFA):
        assert client.get(HALAMAN.format(kode)).status_code == 200
    assert client.get(HALAMAN.format("11.01.01.2001")).status_code == 404
    assert client.get(f"{HALAMAN.format('11.01.01.2001')}unduh.csv").status_code == 404


def test_without_anything_each_block_has_a_reason_and_a_next_step(cast: SimpleNamespace, pelatih: Client) -> None:
    text = visible_text(pelatih.get(HALAMAN.format("11.01"), {"tot": "x", "indikator": "x"}))
    assert "Belum ada pelatih yang tercatat lulus ToT." in text
    assert "Angka diisi tim pengelola kecamatan dan disahkan camat." in text


def test_the_movement_stands_with_its_coverage_and_its_caveat(
    wilayah: dict[str, Wilayah], acuan: None, pelatih: Client
) -> None:
    satu = aparatur(wilayah["11.01"], mulai="2024-07-09", selesai="2024-07-12", batas_usulan=None, status="selesai")
    PesertaFactory(angkatan=satu, wilayah=wilayah[ALFA], unsur_id="camat", status="lulus")
    for kode in (ALFA, "11.01"):
        for periode, pembilang in (("2023", 40), ("2025", 65)):
            CapaianFactory(wilayah=wilayah[kode], indikator=IndikatorFactory(kode="PDK-01"), periode=periode,
                           pembilang=pembilang)  # fmt: skip
    text = visible_text(pelatih.get(HALAMAN.format("11.01"), {"indikator": "PDK-01"}))
    assert "dengan aparatur terlatih 1 dari 1 40,0% 65,0% +25,0 poin" in text
    assert "tanpa 0 dari 1 – – –" in text
    assert "ini bukan bukti bahwa pelatihan menjadi penyebabnya" in text


def test_the_matrix_to_take_away_has_the_rows_of_the_page(dunia: SimpleNamespace, pelatih: Client) -> None:  # noqa: F811
    lines = content(pelatih.get(f"{HALAMAN.format('11.01')}unduh.csv")).splitlines()
    assert lines[1:] == ["11.01.01,Kecamatan Alfa,,,1,1,0,2", "11.01.02,Kecamatan Beta,,,1,0,1,0"]
    assert pelatih.get(f"{HALAMAN.format('11.01')}unduh.xlsx").status_code == 200


def test_a_region_page_tells_how_many_offices_are_trained_and_names_nobody(
    dunia: SimpleNamespace, client: Client  # noqa: F811
) -> None:  # fmt: skip
    text = visible_text(client.get("/wilayah/11.01/"))
    assert "camat terlatih 1 dari 2" in text.replace("1 dari 2 camat terlatih", "camat terlatih 1 dari 2")
    assert "Camat Alfa" not in text
    assert "Silsilah dan cakupan" not in text
    assert "belum terlatih" not in visible_text(client.get(f"/wilayah/{ALFA}/"))
    assert "Pelatihan aparatur" not in visible_text(client.get("/wilayah/11.01.01.2001/"))


def test_who_works_in_a_kecamatan_sees_it_by_office(dunia: SimpleNamespace, cast: SimpleNamespace) -> None:  # noqa: F811
    client = Client()
    client.force_login(cast.camat_a)
    text = visible_text(client.get(f"/wilayah/{ALFA}/"))
    assert "camat: belum; pendahulunya terlatih" in text
    assert "UPT kesehatan: belum terlatih" in text
    client.force_login(cast.camat_b)
    text = visible_text(client.get("/wilayah/11.01.02/"))
    assert "sekcam: tidak diketahui, pejabatnya belum memiliki akun" in text
    assert "Silsilah dan cakupan" in visible_text(client.get("/wilayah/11.01.02/pelatihan/"))


def test_a_cohort_page_leads_to_its_participants(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    angkatan = AngkatanFactory(program__wilayah=wilayah["11.01"])
    assert f"{angkatan.get_absolute_url()}peserta/" in content(client.get(angkatan.get_absolute_url()))
