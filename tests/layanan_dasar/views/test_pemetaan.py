"""The pages of the mapping, as the admin of Kabupaten Satu and others see them."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kecamatan.models import Wilayah
from layanan_dasar.models import AturanBelanja, ParameterIbdb, PemetaanKegiatan
from tests.factories import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory


pytestmark = pytest.mark.usefixtures("acuan")
KABUPATEN = "11.01"
FORM = {
    "kode_kegiatan": "02.04.90", "nama": "Jambanisasi", "golongan": "SAB-I", "tahun_dari": "2025", "tahun_sampai": "",
}  # fmt: skip


@pytest.fixture
def admin(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_kabupaten)
    return client


@pytest.fixture
def pusat(cast: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(cast.admin_pusat)
    return client


@pytest.fixture
def budget(wilayah: dict[str, Wilayah]) -> None:
    """Of A1 in 2025: 3 million for latrines under a local code, one for posyandu."""
    apbdes = APBDesFactory(desa=wilayah["11.01.01.2001"])
    BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.04.90", uraian="Jambanisasi", anggaran=3_000_000)
    BarisAPBDesFactory(apbdes=apbdes, uraian="Posyandu")


def address(name: str = "pemetaan", *args: object, kode: str = KABUPATEN) -> str:
    return reverse(f"layanan_dasar:{name}", args=[kode, *args])


def text(client: Client, query: str = "", **place: str) -> str:
    answer = client.get(address(**place) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# The work list


def test_the_work_list_says_how_much_money_waits(admin: Client, budget: None) -> None:
    page = text(admin)
    assert "1 kegiatan senilai Rp3,0 juta (75,0% belanja)" in page
    assert "02.04.90 Jambanisasi" in page
    assert "Rp3.000.000" in page
    assert "disarankan dari kata “jamban”" in page
    assert '<option value="SAB-I" selected>' in page


def test_a_kegiatan_is_mapped_in_the_list_and_leaves_it(admin: Client, budget: None) -> None:
    answer = admin.post(address("pemetaan_simpan"), FORM | {"tab": "belum", "tag": ["stunting"]}, follow=True)
    assert answer.redirect_chain == [(f"{address()}?tab=belum&tahun=2025", 302)]
    page = " ".join(answer.content.decode().split())
    assert "02.04.90: Sanitasi dan air bersih (inti), sejak 2025." in page
    assert "Semua kegiatan dalam APBDes 2025 sudah dipetakan." in page
    satu = PemetaanKegiatan.objects.get(kode_kegiatan="02.04.90")
    assert (satu.status, satu.nama, satu.tag) == ("kabupaten", "Jambanisasi", ["stunting"])


def test_proposals_are_stored_from_the_names_and_wait(admin: Client, budget: None) -> None:
    page = admin.post(address("pemetaan_usulkan"), {"tahun": "2025"}, follow=True).content.decode()
    assert "1 usulan disimpan. Belum dihitung sebelum Anda setujui." in page
    assert "usulan, belum dihitung" in page
    assert "usulan dari nama" not in page  # nothing is left to propose


def test_nothing_chosen_is_not_the_same_as_no_basic_service(admin: Client, budget: None) -> None:
    answer = admin.post(address("pemetaan_simpan"), FORM | {"golongan": ""})
    assert answer.status_code == 422
    assert "Pilih bidang dan kelas, atau “Bukan layanan dasar”." in answer.content.decode()
    admin.post(address("pemetaan_simpan"), FORM | {"golongan": "-"})
    assert PemetaanKegiatan.objects.get(kode_kegiatan="02.04.90").bidang is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kode_kegiatan": "02.02.02"}, "baku secara nasional"),
        ({"kode_kegiatan": "99"}, "ditulis seperti 02.04.90"),
        ({"tahun_sampai": "2024"}, "Tahun akhir mendahului tahun awal"),
        ({"tahun_dari": ""}, "Sejak tahun"),
        ({"golongan": "QQQ-I"}, "QQQ-I"),
    ],
)
def test_what_is_wrong_is_said_above_the_form(
    admin: Client, wilayah: dict[str, Wilayah], changes: dict[str, str], words: str
) -> None:
    answer = admin.post(address("pemetaan_simpan"), FORM | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PemetaanKegiatan.objects.filter(status="kabupaten").exists()


def test_overlapping_years_are_a_sentence(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    PemetaanKegiatanFactory(kabupaten=wilayah[KABUPATEN], kode_kegiatan="02.04.90", tahun_dari=2025)
    answer = admin.post(address("pemetaan_simpan"), FORM)
    assert answer.status_code == 422
    assert "sudah dipetakan sejak 2025" in answer.content.decode()


def test_without_budgets_the_page_says_who_brings_them(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    page = text(admin)
    assert "yang rinci sampai kegiatan." in page
    assert "Yang mengunggah: operator desa atau kecamatan." in page
    assert address("impor") in page


def test_who_only_reads_sees_no_form(cast: SimpleNamespace, client: Client, budget: None) -> None:
    client.force_login(cast.opd_kabupaten)
    page = text(client)
    assert "Jambanisasi" in page
    assert "Setujui" not in page
    assert "Yang memetakan: admin kabupaten." in page


@pytest.mark.parametrize(("tahun", "shown"), [("2024", 2024), ("2025", 2025), ("1999", 2025), ("x", 2025), ("", 2025)])
def test_a_year_with_budgets_is_chosen_by_the_address(
    tahun: str, shown: int, admin: Client, budget: None, wilayah: dict[str, Wilayah]
) -> None:
    APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=2024)
    assert f"APBDes {shown} yang berlaku" in text(admin, f"?tahun={tahun}")


# The own mappings


def test_own_mappings_are_listed_with_who_approved_them(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    assert "belum menetapkan pemetaan sendiri" in text(admin, "?tab=kabupaten")
    admin.post(address("pemetaan_simpan"), FORM)
    page = text(admin, "?tab=kabupaten")
    assert "02.04.90</a> Jambanisasi" in page
    assert "admin_kabupaten" in page


def test_an_own_mapping_is_ended_by_its_last_year(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    satu = PemetaanKegiatanFactory(kabupaten=wilayah[KABUPATEN])
    page = admin.get(address("pemetaan_ubah", satu.pk)).content.decode()
    assert "Ubah pemetaan 02.02.90, sejak 2015" in page
    form = FORM | {"kode_kegiatan": "02.02.99", "tahun_dari": "2020", "tahun_sampai": "2024"}
    assert admin.post(address("pemetaan_ubah", satu.pk), form).status_code == 302
    satu.refresh_from_db()
    assert (satu.kode_kegiatan, satu.masa) == ("02.02.90", "2020–2024")  # the code stays what it is


def test_an_own_mapping_is_taken_back(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    satu = PemetaanKegiatanFactory(kabupaten=wilayah[KABUPATEN])
    answer = admin.post(address("pemetaan_cabut", satu.pk), follow=True)
    assert "Pemetaan 02.02.90 dicabut." in answer.content.decode()
    assert not PemetaanKegiatan.objects.filter(pk=satu.pk).exists()


@pytest.mark.parametrize("name", ["pemetaan_ubah", "pemetaan_cabut"])
@pytest.mark.parametrize("owner", ["11.02", None])
def test_mappings_of_others_do_not_exist_here(
    name: str, owner: str | None, admin: Client, wilayah: dict[str, Wilayah]
) -> None:
    other = (
        PemetaanKegiatanFactory(kabupaten=wilayah[owner])
        if owner
        else PemetaanKegiatan.objects.get(kode_kegiatan="02.02.02")
    )
    assert admin.post(address(name, other.pk), FORM).status_code == 404
    other.refresh_from_db()


def test_a_new_form_is_filled_with_what_holds_now(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    page = " ".join(admin.get(address("pemetaan_simpan") + "?kode=02.02.02").content.decode().split())
    assert 'value="02.02.02"' in page
    assert '<option value="KES-I" selected>' in page


# The nation


def test_the_national_mapping_shows_what_it_means_here(
    admin: Client, budget: None, wilayah: dict[str, Wilayah]
) -> None:
    PemetaanKegiatanFactory(kabupaten=wilayah[KABUPATEN], kode_kegiatan="02.02.03", alasan="uji")
    page = text(admin, "?tab=nasional")
    assert "Penyelenggaraan Posyandu" in page
    assert "Rp1.000.000" in page
    assert "diganti kabupaten" in page
    assert "inti bila sumber dana DDS dan rekening 5.4.1 atau kode keluaran 530001; selain itu terkait" in page
    assert "Jambanisasi" not in page


def test_the_nation_changes_its_mapping_with_a_condition(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    page = text(pusat, kode="0")
    assert "Belum dipetakan" not in page
    blt = PemetaanKegiatan.objects.get(kode_kegiatan="05.03.00")
    form = pusat.get(address("pemetaan_ubah", blt.pk, kode="0")).content.decode()
    assert 'value="530001"' in form
    assert "Cabut" not in form
    values = {"golongan": "JSO-I", "tahun_dari": "2015", "tag": ["blt"], "syarat_sumber_dana": "DDS",
              "syarat_rekening": "5.4", "syarat_output": "", "kelas_lain": "T"}  # fmt: skip
    assert pusat.post(address("pemetaan_ubah", blt.pk, kode="0"), values).status_code == 302
    blt.refresh_from_db()
    assert blt.syarat == "inti bila sumber dana DDS dan rekening 5.4; selain itu terkait"


def test_the_nation_takes_nothing_back_and_proposes_nothing(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    blt = PemetaanKegiatan.objects.get(kode_kegiatan="05.03.00")
    assert pusat.post(address("pemetaan_cabut", blt.pk, kode="0")).status_code == 404
    assert pusat.post(address("pemetaan_usulkan", kode="0")).status_code == 404


def test_a_year_without_national_mapping_says_whose_it_is(pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    PemetaanKegiatan.objects.all().delete()
    assert "Yang menetapkan: admin pusat." in text(pusat, kode="0")


@pytest.mark.parametrize("kode", ["11", "11.01.01", "11.01.01.2001"])
@pytest.mark.parametrize("name", ["pemetaan", "pemetaan_simpan"])
def test_other_levels_have_no_mapping(name: str, kode: str, pusat: Client, wilayah: dict[str, Wilayah]) -> None:
    assert pusat.get(address(name, kode=kode)).status_code == 404


# Files


def test_the_work_list_is_taken_away(admin: Client, budget: None) -> None:
    answer = admin.get(address("pemetaan_unduh", "csv"))
    assert answer["Content-Disposition"] == 'attachment; filename="pemetaan-kegiatan-11.01-2025.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        {"kode_kegiatan": "02.04.90", "nama": "Jambanisasi", "jumlah_desa": "1", "anggaran": "3000000",
         "usulan_bidang": "SAB", "usulan_kelas": "I", "usulan_tema": ""},
    ]  # fmt: skip


def test_the_whole_mapping_is_taken_away(admin: Client, pusat: Client, budget: None) -> None:
    admin.post(address("pemetaan_usulkan"))
    content = admin.get(address("pemetaan_unduh", "xlsx") + "?tab=nasional").content
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Pemetaan", "Belum dipetakan"]
    rows = {row[0]: row for row in book["Pemetaan"].iter_rows(min_row=2, values_only=True)}
    assert len(rows) == 159
    assert rows["02.02.02"][2:4] + rows["02.02.02"][6:8] == ("KES", "I", "nasional", 2015)
    assert rows["02.02.02"][9:] == (1, 1_000_000)
    nation = admin.get(address("pemetaan_unduh", "csv", kode="0"))
    assert nation.status_code == 404
    assert len(pusat.get(address("pemetaan_unduh", "csv", kode="0")).content.splitlines()) == 160


def test_another_form_of_file_does_not_exist(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    assert admin.get(address("pemetaan_unduh", "pdf")).status_code == 404


# The panel on the page of the kabupaten


def panel(client: Client) -> str:
    page = " ".join(client.get(reverse("dasbor:wilayah", args=[KABUPATEN])).content.decode().split())
    return page.split('id="pemetaan"')[1].split("</section>")[0]


def test_who_maps_sees_on_the_region_page_what_waits(admin: Client, wilayah: dict[str, Wilayah]) -> None:
    """Also of a year that no run has computed yet."""
    tahun = timezone.localdate().year
    assert f"Belum ada APBDes {tahun} yang rinci" in panel(admin)
    apbdes = APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun)
    BarisAPBDesFactory(apbdes=apbdes)
    assert f"Semua kegiatan dalam APBDes {tahun} sudah dipetakan." in panel(admin)
    BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.04.90", anggaran=3_000_000)
    assert "1 kegiatan belum dipetakan</strong>, senilai Rp3,0 juta (75,0% belanja" in panel(admin)
    assert f'{address()}?tahun={tahun}"' in panel(admin)


def test_nobody_else_sees_the_panel(cast: SimpleNamespace, client: Client, budget: None) -> None:
    place = reverse("dasbor:wilayah", args=[KABUPATEN])
    assert address() not in client.get(place).content.decode()
    client.force_login(cast.opd_kabupaten)
    assert address() not in client.get(place).content.decode()


# The public page of the rules


def test_everybody_reads_the_rules_of_a_year(client: Client) -> None:
    page = " ".join(client.get("/aturan-belanja/?tahun=2025").content.decode().split())
    assert "BLT Desa paling banyak 15 persen" in page
    assert "≤ 15%" in page
    assert "≥ 20%" in page
    assert "Permendesa PDT 2/2024; PMK 108/2024" in page
    assert "pagu Dana Desa" in page
    assert "40" not in page.split("<table")[1].split("</table>")[0]  # that of 2022


def test_a_rule_without_a_figure_is_shown_without_one(client: Client) -> None:
    page = client.get("/aturan-belanja/?tahun=2026").content.decode()
    assert "tanpa persentase" in page
    assert "angka sumber tidak cocok" in page


@pytest.mark.parametrize("tahun", ["1999", "x", ""])
def test_another_year_leads_to_the_latest(tahun: str, client: Client) -> None:
    assert client.get(f"/aturan-belanja/?tahun={tahun}").context["tahun"] >= 2026


def test_the_parameters_of_the_index_are_explained(client: Client) -> None:
    page = client.get("/aturan-belanja/").content.decode()
    assert "Versi 2026.1" in page
    assert '<th scope="row">Alokasi layanan dasar</th><td class="n">30</td>' in page
    assert "dibagi target 30,0%" in page
    assert "bukan ukuran resmi" in page
    assert "Pertumbuhan nominal" in page


def test_an_unloaded_list_says_whose_it_is(client: Client) -> None:
    AturanBelanja.objects.all().delete()
    ParameterIbdb.objects.all().delete()
    page = client.get("/aturan-belanja/").content.decode()
    assert "Aturan belanja belum dimuat." in page
    assert "Parameter belum dimuat." in page
