"""The pages on which an admin takes a new edition over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from kecamatan.actions import edisi as aksi
from kecamatan.actions.edisi import in_force_list
from kecamatan.models import BerkasImpor, RiwayatWilayah, Wilayah
from tests.assertions import visible_text


pytestmark = pytest.mark.django_db
FIELDS = {"dasar": "Kepmendagri Uji", "berlaku": "2025-04-25"}


@pytest.fixture
def admin(cast: object, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(aksi, "MOST_CLOSED", 0.9)
    client.force_login(cast.admin_pusat)
    return client


def upload(admin: Client, rows: dict[str, str], **fields: str) -> HttpResponse:
    content = "kode,nama\n" + "".join(f"{kode},{nama}\n" for kode, nama in rows.items())
    berkas = SimpleUploadedFile("daftar.csv", content.encode())
    return admin.post("/edisi-wilayah/", FIELDS | fields | {"berkas": berkas})


def moved() -> dict[str, str]:
    """A1 went to Beta, B1 got another name altogether."""
    listed = in_force_list() | {"11.01.02.2009": "A1", "11.01.02.2001": "Wates"}
    del listed["11.01.01.2001"]
    return listed


@pytest.fixture
def berlaku(admin: Client) -> Client:
    waiting = upload(admin, moved()).headers["Location"]
    assert admin.post(f"{waiting}simpan/").headers["Location"] == "/edisi-wilayah/riwayat/"
    return admin


def test_the_national_page_leads_there_only_whom_it_concerns(admin: Client, cast: object) -> None:
    assert "Edisi daftar wilayah" in visible_text(admin.get("/wilayah/"))
    admin.force_login(cast.admin_kabupaten)
    assert "Edisi daftar wilayah" not in visible_text(admin.get("/wilayah/"))


def test_a_list_is_shown_before_it_is_applied(admin: Client) -> None:
    waiting = upload(admin, moved()).headers["Location"]
    page = admin.get(waiting)
    assert "Berlakukan edisi ini" in visible_text(page)
    counted = [[kind, n] for kind, n in page.context["berkas"].ringkasan["hitungan"] if kind not in ("sama", "baru")]
    assert counted == [["pindah induk", 1], ["ganti nama", 1], ["hilang tanpa penerus", 0], ["perlu keputusan", 1]]
    table = admin.get(f"{waiting}perubahan.csv").content.decode("utf-8-sig")
    assert "pindah,11.01.01.2001,A1,11.01.02.2009,A1,ya" in table
    assert "ganti_nama,11.01.02.2001,B1,11.01.02.2001,Wates,perlu keputusan" in table
    assert "11.01.01.2001" in in_force_list()


def test_a_discarded_list_leaves_no_trace(admin: Client) -> None:
    waiting = upload(admin, moved()).headers["Location"]
    for _ in range(2):
        assert admin.post(f"{waiting}batal/").headers["Location"] == "/edisi-wilayah/"
    assert BerkasImpor.objects.get().status == "dibatalkan"
    assert admin.get(f"{waiting}perubahan.csv").status_code == 404
    admin.post(f"{waiting}simpan/")
    assert "11.01.01.2001" in in_force_list()


def test_errors_are_named_and_nothing_is_kept(admin: Client) -> None:
    answer = upload(admin, {"11": "Uji", "11.1": "Salah"})
    assert answer.status_code == 422
    assert "35.24.01.2001" in visible_text(answer)
    assert "tanpa induk" in visible_text(upload(admin, {"11.01": "Satu"}))
    for field in ("dasar", "berlaku"):
        assert upload(admin, in_force_list(), **{field: ""}).status_code == 422
    assert "Pilih berkasnya" in visible_text(admin.post("/edisi-wilayah/", FIELDS))
    assert not BerkasImpor.objects.exists()


def test_a_list_that_no_longer_fits_is_not_applied(admin: Client) -> None:
    waiting = upload(admin, moved()).headers["Location"]
    Wilayah.objects.filter(kode="11.01.01.2001").update(berlaku_dari="2025-05-01")
    answer = admin.post(f"{waiting}simpan/")
    assert answer.status_code == 409
    assert "lebih awal" in visible_text(answer)
    assert BerkasImpor.objects.get().is_waiting


def test_the_same_file_is_applied_once(berlaku: Client) -> None:
    (berkas,) = BerkasImpor.objects.all()
    berlaku.post(f"/edisi-wilayah/{berkas.pk}/simpan/")
    assert RiwayatWilayah.objects.count() == 2
    assert berkas.nama_berkas in visible_text(berlaku.get("/edisi-wilayah/"))


def test_ticked_proposals_are_decided(berlaku: Client) -> None:
    sure, guess = RiwayatWilayah.objects.order_by("-yakin")
    page = visible_text(berlaku.get("/edisi-wilayah/riwayat/?status=usulan"))
    assert "perlu diperiksa" in page
    answer = berlaku.post("/edisi-wilayah/riwayat/?status=usulan", {"pilih": [guess.pk], "tindakan": "tolak"})
    assert answer.headers["Location"] == "/edisi-wilayah/riwayat/?status=usulan"
    guess.refresh_from_db()
    assert (guess.status, guess.decided_by.email) == ("ditolak", "admin_pusat@uji.test")
    berlaku.post("/edisi-wilayah/riwayat/", {"pilih": [sure.pk, "x", "9" * 30], "tindakan": "setujui"})
    sure.refresh_from_db()
    assert sure.status == "disetujui"


def test_all_sure_ones_of_a_filter_are_approved_at_once(berlaku: Client) -> None:
    berlaku.post("/edisi-wilayah/riwayat/?kode=12", {"tindakan": "setujui_yakin"})
    assert RiwayatWilayah.objects.waiting().count() == 2
    berlaku.post("/edisi-wilayah/riwayat/?kode=11.01", {"tindakan": "setujui_yakin"})
    assert list(RiwayatWilayah.objects.waiting().values_list("yakin", flat=True)) == [False]


@pytest.mark.parametrize("tindakan", ["", "hapus"])
def test_an_unknown_decision_decides_nothing(tindakan: str, berlaku: Client) -> None:
    pk = RiwayatWilayah.objects.values_list("pk", flat=True)[0]
    assert berlaku.post("/edisi-wilayah/riwayat/", {"pilih": [pk], "tindakan": tindakan}).status_code == 302
    assert RiwayatWilayah.objects.waiting().count() == 2


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 2),
        ("yakin=true", 1),
        ("yakin=false", 1),
        ("jenis=pindah", 1),
        ("jenis=x&status=x", 2),
        ("kode=11.01.01", 1),
    ],
)
def test_the_history_is_filtered(query: str, rows: int, berlaku: Client) -> None:
    assert berlaku.get(f"/edisi-wilayah/riwayat/?{query}").context["halaman"].paginator.count == rows


def test_nothing_found_says_so(admin: Client) -> None:
    assert "Tidak ada baris menurut saringan ini." in visible_text(admin.get("/edisi-wilayah/riwayat/"))


def test_a_second_successor_is_refused(berlaku: Client) -> None:
    sure = RiwayatWilayah.objects.get(yakin=True)
    other = Wilayah.objects.get(kode="11.01.01.2002")
    RiwayatWilayah.objects.create(
        asal=sure.asal, penerus=other, jenis="gabung", nama_lama="A1", nama_baru="A2", berlaku="2025-04-25", dasar="Uji"
    )
    ids = list(RiwayatWilayah.objects.waiting().values_list("pk", flat=True))
    answer = berlaku.post("/edisi-wilayah/riwayat/", {"pilih": ids, "tindakan": "setujui"})
    assert answer.status_code == 409
    assert "dua penerus" in visible_text(answer)


def test_what_lists_cannot_tell_is_entered_by_hand(berlaku: Client) -> None:
    by_hand = {
        "asal": "1101012001",
        "penerus": "11.01.01.2002",
        "jenis": "gabung",
        "berlaku": "2025-05-01",
        "dasar": "Perda",
    }
    url = "/edisi-wilayah/riwayat/tambah/"
    assert "Kode ini tidak ada" in visible_text(berlaku.post(url, by_hand | {"penerus": "11.01.01.2999"}))
    assert "Tulis tanggal sebagai" in visible_text(berlaku.post(url, by_hand | {"berlaku": "kemarin"}))
    assert "setingkat" in visible_text(berlaku.post(url, by_hand | {"penerus": "11.01.01"}))
    assert berlaku.post(url, by_hand).status_code == 302
    old = berlaku.get("/wilayah/11.01.01.2001/")
    assert (old.status_code, old.headers["Location"]) == (301, "/wilayah/11.01.01.2002/?dari=11.01.01.2001")
    assert "meneruskan A1, kode 11.01.01.2001 (bergabung)" in visible_text(berlaku.get("/wilayah/11.01.01.2002/"))
