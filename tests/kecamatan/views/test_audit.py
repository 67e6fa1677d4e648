import re
from types import SimpleNamespace

import pytest
from django.test import Client

from kecamatan.actions.audit import record_view
from kecamatan.models import CatatanAudit, Orang, Pengguna, Penugasan, Wilayah
from kecamatan.queries.audit import SEHALAMAN
from p3pd_portal.lib.permintaan import konteks_audit
from tests.assertions import content, row_counts, visible_text
from tests.factories import BerkasImporFactory


pytestmark = pytest.mark.django_db
URL = "/wilayah/11.01/catatan-audit/"


@pytest.fixture
def admin(client: Client, cast: SimpleNamespace) -> Client:
    client.force_login(cast.admin_kabupaten)
    return client


@pytest.mark.parametrize(
    "query",
    [
        {"orang": "x"},
        {"orang": "9" * 30},
        {"orang": "999999"},
        {"orang": "-1"},
        {"model": "auth.user"},
        {"objek": "x" * 65},
        {"objek": "\x00"},
        {"dari": "kemarin"},
        {"sampai": "2026-13-40"},
        {"sebelum": "x"},
        {"sebelum": "9" * 30},
        {"sebelum": "-1"},
        {"catatan": "lain"},
    ],
)
def test_what_cannot_be_read_filters_nothing(query: dict[str, str], admin: Client) -> None:
    answer = admin.get(URL, query)
    assert answer.status_code == 200
    assert "Penugasan camat_a" in visible_text(answer)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"orang": "999999"}, "Orang ini tidak ada dalam catatan wilayah ini."),
        ({"dari": "kemarin"}, "tanggal"),
    ],
)
def test_and_says_so(query: dict[str, str], words: str, admin: Client) -> None:
    alerts = re.findall(r'role="alert">([^<]+)<', content(admin.get(URL, query)))
    assert len(alerts) == 1
    assert words in alerts[0]


def test_a_change_on_the_portal_is_on_the_page(admin: Client, cast: SimpleNamespace) -> None:
    pusat = Client()
    pusat.force_login(cast.admin_pusat)
    berkas = BerkasImporFactory(wilayah=Wilayah.objects.get(kode="11.01.01"))
    answer = pusat.post(f"/wilayah/11.01.01/belanja/impor/{berkas.pk}/batal/")
    text = visible_text(admin.get(URL))
    assert "Berkas impor Kecamatan Alfa diubah" in text
    assert "status: menunggu konfirmasi → dibatalkan" in text
    assert "oleh admin_pusat · Kecamatan Alfa" in text
    assert "/wilayah/11.01.01/belanja/impor/&lt;pk&gt;/batal/" in text
    assert answer.headers["X-Request-ID"] in text


def test_an_addition_names_what_was_set_and_a_removal_what_was_lost(admin: Client) -> None:
    assert "peran: Camat" in visible_text(admin.get(URL))
    Penugasan.objects.filter(peran="upt_kesehatan").delete()
    assert re.search(
        r"Penugasan upt_kesehatan_a dihapus .*? peran: UPT Kesehatan/Puskesmas", visible_text(admin.get(URL))
    )


def test_a_new_password_is_told_without_its_value(admin: Client, cast: SimpleNamespace) -> None:
    cast.camat_a.set_password("kata-sandi-baru-sekali")
    cast.camat_a.save()
    answer = admin.get(URL)
    assert "diganti (isinya tidak dicatat)" in visible_text(answer)
    assert "md5" not in content(answer)
    assert "@uji.test" not in content(answer)


def test_looks_stand_under_a_tab_of_their_own(admin: Client, cast: SimpleNamespace) -> None:
    record_view(by=cast.camat_a, objek=cast.camat_b.orang, alasan="profil orang")
    assert "dilihat: profil orang" not in visible_text(admin.get(URL))
    answer = admin.get(URL, {"catatan": "akses"})
    assert "Orang camat_b dilihat: profil orang" in visible_text(answer)
    assert "oleh camat_a" in visible_text(answer)
    assert 'name="catatan" value="akses"' in content(answer)
    assert 'name="model"' not in content(answer)


def test_a_name_leads_to_what_that_person_did(admin: Client, cast: SimpleNamespace) -> None:
    with konteks_audit(pelaku=cast.admin_pusat.pk, alamat="/akun/"):
        Penugasan.objects.filter(pengguna=cast.camat_a).update(dasar="SK 2")
    pk = cast.admin_pusat.orang_id
    assert f'href="?orang={pk}"' in content(admin.get(URL))
    answer = admin.get(URL, {"orang": pk})
    assert re.search(rf'<option value="{pk}" selected>admin_pusat', content(answer))
    assert content(answer).count('<p class="mb-0"><strong>') == 1


def test_an_object_leads_to_its_history(admin: Client, cast: SimpleNamespace) -> None:
    penugasan = Penugasan.objects.get(pengguna=cast.camat_a)
    query = f"?model=kecamatan.penugasan&amp;objek={penugasan.pk}"
    assert f'href="{query}"' in content(admin.get(URL))
    answer = admin.get(URL + query.replace("&amp;", "&"))
    assert "Riwayat satu objek" in visible_text(answer)
    assert content(answer).count('<p class="mb-0"><strong>') == 1


def test_the_filter_goes_along_to_the_next_page_and_to_other_regions(admin: Client, cast: SimpleNamespace) -> None:
    for n in range(SEHALAMAN + 1):
        Penugasan.objects.filter(pengguna=cast.camat_a).update(dasar=f"SK {n}")
    answer = admin.get(URL, {"model": "kecamatan.penugasan"})
    older = re.search(r'href="(\?model=kecamatan.penugasan&amp;sebelum=\d+)">Catatan yang lebih lama', content(answer))
    assert older
    rest = admin.get(URL + older[1].replace("&amp;", "&"))
    assert "Catatan yang lebih lama" not in visible_text(rest)
    assert "SK 0" in visible_text(rest)
    assert 'href="/wilayah/11.01.01/catatan-audit/?model=kecamatan.penugasan"' in content(rest)


def test_the_way_up_ends_where_the_reader_has_no_permission(admin: Client, cast: SimpleNamespace) -> None:
    assert "↑" not in visible_text(admin.get(URL))
    assert "↑ Kabupaten Satu" in visible_text(admin.get("/wilayah/11.01.01/catatan-audit/"))


def test_nothing_found_says_why_and_what_next(admin: Client, cast: SimpleNamespace) -> None:
    text = visible_text(admin.get(URL, {"sampai": "2020-01-01"}))
    assert "Tidak ada catatan yang cocok dengan saringan ini. Hapus saringan untuk melihat semuanya." in text
    text = visible_text(admin.get("/wilayah/11.01.02.2002/catatan-audit/"))
    assert "Belum ada yang tercatat di wilayah ini. Catatan muncul sendiri" in text


def test_the_page_of_a_region_leads_there_for_those_who_may(admin: Client, cast: SimpleNamespace) -> None:
    link = 'href="/wilayah/11.01.01/catatan-audit/"'
    assert link in content(admin.get("/wilayah/11.01.01/"))
    admin.force_login(cast.camat_a)
    assert link not in content(admin.get("/wilayah/11.01.01/"))
    assert link not in content(Client().get("/wilayah/11.01.01/"))


def test_the_nation_has_its_page(client: Client, cast: SimpleNamespace, acuan: None) -> None:
    client.force_login(cast.admin_pusat)
    text = visible_text(client.get("/wilayah/0/catatan-audit/", {"model": "kecamatan.bidang"}))
    assert "Siapa mengubah apa di Indonesia" in text
    assert "Bidang KES ditambah" in text
    assert "oleh tugas atau perintah di server" in text


def test_reading_the_record_leaves_no_trace_in_it(admin: Client) -> None:
    before = row_counts()
    admin.get(URL)
    admin.head(URL)
    assert row_counts() == before


def test_what_was_typed_is_never_markup(admin: Client) -> None:
    Orang.objects.filter(nama="camat_a").update(nama="<b>Siti</b>")
    html = content(admin.get(URL))
    assert "<b>Siti" not in html
    assert "&lt;b&gt;Siti" in html


def test_a_change_in_the_admin_of_reference_tables_is_recorded(
    client: Client, cast: SimpleNamespace, acuan: None
) -> None:
    client.force_login(cast.admin_pusat)
    data = {"kode": "KES", "nama": "Kesehatan", "keterangan": "baru", "urutan": "2"}
    assert client.post("/admin/kecamatan/bidang/KES/change/", data).status_code == 302
    entry = CatatanAudit.objects.filter(model="kecamatan.bidang")[0]
    assert (entry.jenis, entry.pelaku, entry.alamat) == (
        "UPDATE", cast.admin_pusat, "/admin/kecamatan/bidang/<object_id>/change/"
    )  # fmt: skip


def test_switching_an_account_off_is_recorded_with_its_person(admin: Client, cast: SimpleNamespace) -> None:
    Pengguna.objects.filter(pk=cast.camat_a.pk).update(is_active=False)
    assert re.search(r"Pengguna camat_a diubah .*? aktif: ya → tidak", visible_text(admin.get(URL)))
