import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kecamatan.actions.audit import record_view
from kecamatan.models import Bidang, CatatanAudit, Orang, Pengguna, Penugasan, Wilayah
from kecamatan.queries.audit import (
    SEHALAMAN,
    Perubahan,
    Saring,
    daftar_akses,
    daftar_perubahan,
    pilihan_jenis,
    pilihan_orang,
)
from layanan_dasar.models import PemetaanKegiatan
from p3pd_portal.lib.permintaan import konteks_audit
from tests.factories import BerkasImporFactory, OrangFactory, PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
HARI_INI = datetime.date(2026, 11, 22)


def seen(wilayah: Wilayah, **saring: object) -> set[str]:
    """Objects of the entries a region shows."""
    return {f"{e.jejak.model.split('.')[1]} {e.jejak.objek}" for e in daftar_perubahan(wilayah, Saring(**saring)).entri}


def everything_of(penugasan: Penugasan) -> set[str]:
    akun = penugasan.pengguna
    return {f"penugasan {penugasan.pk}", f"pengguna {akun.pk}", f"orang {akun.orang_id}"}


def changes() -> dict[str, tuple[str, str]]:
    """Columns of the newest entry in the words of the page."""
    newest = daftar_perubahan(Wilayah.objects.get(kode="0"), Saring()).entri[0]
    return {one.kolom: (one.lama, one.baru) for one in newest.perubahan}


# Scope


def test_a_region_sees_its_own_and_what_lies_below(wilayah: dict[str, Wilayah]) -> None:
    desa = PenugasanFactory(wilayah=wilayah["11.01.01.2001"], peran="operator_desa")
    beta = PenugasanFactory(wilayah=wilayah["11.01.02"])
    for kode in ("11.01.01.2001", "11.01.01"):
        assert seen(wilayah[kode]) == everything_of(desa)
    assert seen(wilayah["11.01"]) == everything_of(desa) | everything_of(beta)
    assert seen(wilayah["11.01.02"]) == everything_of(beta)
    assert seen(wilayah["11.02"]) == set()


def test_the_nation_sees_everything_reference_data_and_the_demo_too(wilayah: dict[str, Wilayah], acuan: None) -> None:
    contoh = PenugasanFactory(wilayah=wilayah["99.01.01"])
    assert everything_of(contoh) <= seen(wilayah["0"])
    assert seen(wilayah["0"], model="kecamatan.bidang")
    assert not seen(wilayah["11.01"], model="kecamatan.bidang")


def test_work_elsewhere_is_not_shown_because_the_person_is_known(wilayah: dict[str, Wilayah]) -> None:
    here = PenugasanFactory(wilayah=wilayah["11.01.01"])
    there = PenugasanFactory(wilayah=wilayah["11.02"], pengguna=here.pengguna)
    assert f"penugasan {there.pk}" not in seen(wilayah["11.01"])
    assert f"penugasan {there.pk}" in seen(wilayah["11.02"])


def test_what_happens_to_a_person_after_the_work_here_ended_stays_unseen(wilayah: dict[str, Wilayah]) -> None:
    """The account belongs to the next region by then; the old work itself stays in the record of this one."""
    old = PenugasanFactory(wilayah=wilayah["11.01"], sampai=datetime.date(2021, 12, 31))
    PenugasanFactory(wilayah=wilayah["11.02"], pengguna=old.pengguna)
    Pengguna.objects.update(is_active=False)
    assert seen(wilayah["11.01"]) == {f"penugasan {old.pk}"}
    assert f"pengguna {old.pengguna_id}" in seen(wilayah["11.02"])


def test_work_that_ended_today_still_counts_today(wilayah: dict[str, Wilayah]) -> None:
    ending = PenugasanFactory(wilayah=wilayah["11.01"])
    today = daftar_perubahan(wilayah["11.01"], Saring()).entri[0].jejak.waktu.astimezone().date()
    Penugasan.objects.update(sampai=today)
    Pengguna.objects.update(is_active=False)
    assert seen(wilayah["11.01"]) == everything_of(ending)


def test_a_closed_region_keeps_its_record(wilayah: dict[str, Wilayah]) -> None:
    berkas = BerkasImporFactory(wilayah=wilayah["11.01.01.2001"])
    Wilayah.objects.filter(kode="11.01.01.2001").update(berlaku_sampai=datetime.date(2026, 1, 1))
    assert f"berkasimpor {berkas.pk}" in seen(wilayah["11.01.01"])


# Filters


def test_a_person_is_found_as_actor_and_as_subject(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    with konteks_audit(pelaku=cast.admin_kabupaten.pk, alamat="/akun/"):
        baru = PenugasanFactory(wilayah=wilayah["11.01.01"], peran="operator_kecamatan")
    mine = seen(wilayah["11.01"], orang=cast.admin_kabupaten.orang_id)
    assert everything_of(baru) < mine
    assert f"orang {cast.admin_kabupaten.orang_id}" in mine
    assert seen(wilayah["11.01"], orang=baru.pengguna.orang_id) == everything_of(baru)
    assert seen(wilayah["11.02"], orang=baru.pengguna.orang_id) == set()


def test_one_object_and_one_kind(wilayah: dict[str, Wilayah]) -> None:
    first, second = PenugasanFactory(wilayah=wilayah["11.01"]), PenugasanFactory(wilayah=wilayah["11.01.01"])
    assert seen(wilayah["11.01"], model="kecamatan.penugasan") == {f"penugasan {first.pk}", f"penugasan {second.pk}"}
    assert seen(wilayah["11.01"], model="kecamatan.penugasan", objek=str(first.pk)) == {f"penugasan {first.pk}"}


@pytest.mark.parametrize(
    ("days", "count"), [({"dari": 0}, 1), ({"dari": 1}, 0), ({"sampai": 0}, 1), ({"sampai": -1}, 0)]
)
def test_days_are_those_of_jakarta_both_ends_included(
    days: dict[str, int], count: int, wilayah: dict[str, Wilayah]
) -> None:
    BerkasImporFactory(wilayah=wilayah["11.01"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Jakarta')::date")
        (today,) = cursor.fetchone()
    saring = {name: today + datetime.timedelta(days=offset) for name, offset in days.items()}
    assert len(seen(wilayah["11.01"], **saring)) == count


def test_only_a_filter_counts_as_one() -> None:
    assert not Saring(sebelum=5).aktif
    assert all(Saring(**one).aktif for one in ({"orang": 1}, {"model": "x"}, {"objek": "1"}, {"dari": HARI_INI}))


# Pages


def test_pages_follow_each_other_without_gap_or_repetition(wilayah: dict[str, Wilayah]) -> None:
    Orang.objects.bulk_create(Orang(nama=f"Orang {n}") for n in range(2 * SEHALAMAN + 1))
    found, sebelum = [], None
    for size in (SEHALAMAN, SEHALAMAN, 1):
        halaman = daftar_perubahan(wilayah["0"], Saring(sebelum=sebelum))
        assert len(halaman.entri) == size
        found += [entri.jejak.pk for entri in halaman.entri]
        sebelum = halaman.berikut
    assert sebelum is None
    assert found == sorted(CatatanAudit.objects.values_list("pk", flat=True), reverse=True)


def test_the_number_of_queries_does_not_grow_with_the_entries(wilayah: dict[str, Wilayah]) -> None:
    counts = []
    for size in (1, 12):
        for _ in range(size):
            PenugasanFactory(wilayah=wilayah["11.01"], peran="admin_kabupaten")
        with CaptureQueriesContext(connection) as queries:
            daftar_perubahan(wilayah["11.01"], Saring())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


# Words


def test_keys_choices_and_dates_are_written_as_people_know_them(wilayah: dict[str, Wilayah]) -> None:
    akun = PenggunaFactory(orang__nama="Siti Aminah")
    PenugasanFactory(pengguna=akun, wilayah=wilayah["11.01.01"], dasar="SK 1/2026")
    assert changes() == {
        "pengguna": ("", "Siti Aminah"),
        "peran": ("", "Camat"),
        "jenis": ("", "definitif"),
        "wilayah": ("", "Kecamatan Alfa"),
        "mulai": ("", "1 Januari 2020"),
        "dasar (nomor SK)": ("", "SK 1/2026"),
    }
    entri = daftar_perubahan(wilayah["11.01"], Saring()).entri[0]
    assert (entri.objek, entri.peristiwa) == ("penugasan Siti Aminah", "ditambah")


def test_yes_no_moments_and_hidden_values(wilayah: dict[str, Wilayah]) -> None:
    akun = PenggunaFactory(date_joined="2026-11-22T01:30:00Z")
    assert changes()["dibuat pada"] == ("", "22 November 2026 08.30")
    assert changes()["aktif"] == ("", "ya")
    akun.is_active = False
    akun.set_password("kata-sandi-baru")
    akun.save()
    (entri, *_) = daftar_perubahan(wilayah["0"], Saring()).entri
    assert entri.perubahan == [
        Perubahan("aktif", "ya", "tidak", False),
        Perubahan(str(Pengguna._meta.get_field("password").verbose_name), "", "", True),
    ]


def test_what_a_key_pointed_at_may_be_gone(wilayah: dict[str, Wilayah], acuan: None) -> None:
    penugasan = PenugasanFactory(wilayah=wilayah["11.01.01"])
    akun = penugasan.pengguna
    penugasan.delete()
    nomor = akun.pk
    akun.delete()
    akun.orang.delete()
    entri = daftar_perubahan(wilayah["11.01"], Saring(model="kecamatan.penugasan")).entri[0]
    assert (entri.objek, entri.peristiwa) == ("penugasan Kecamatan Alfa", "dihapus")
    assert {one.kolom: one.lama for one in entri.perubahan}["pengguna"] == f"nomor {nomor}"


def test_a_long_text_is_cut_and_a_key_of_text_is_followed(wilayah: dict[str, Wilayah], acuan: None) -> None:
    PemetaanKegiatan.objects.filter(kode_kegiatan="02.02.02").update(nama="x" * 200, bidang="SAB")
    shown = changes()
    assert shown["nama kegiatan di daerah"][1] == "x" * 160 + "…"
    assert shown["bidang"] == (str(Bidang.objects.get(kode="KES")), str(Bidang.objects.get(kode="SAB")))


@pytest.mark.parametrize(
    ("alamat", "words"), [("", "tugas atau perintah di server"), ("/undangan/<kunci>/", "pengunjung tanpa masuk")]
)
def test_a_change_without_an_account_says_where_it_came_from(
    alamat: str, words: str, wilayah: dict[str, Wilayah]
) -> None:
    with konteks_audit(pelaku=None, alamat=alamat):
        OrangFactory()
    entri = daftar_perubahan(wilayah["0"], Saring()).entri[0]
    assert (entri.pelaku, entri.pelaku_orang) == (words, None)


def test_an_actor_who_is_gone_keeps_the_number(wilayah: dict[str, Wilayah]) -> None:
    with konteks_audit(pelaku=987654, alamat="/akun/"):
        OrangFactory()
    entri = daftar_perubahan(wilayah["0"], Saring()).entri[0]
    assert (entri.pelaku, entri.pelaku_orang) == ("akun 987654 yang sudah dihapus", None)


def test_an_entry_of_a_table_that_no_longer_exists_is_still_shown(wilayah: dict[str, Wilayah]) -> None:
    CatatanAudit.objects.create(
        jenis="UPDATE", model="lama.tabel", objek="7", perubahan={"nama": ["a", "b"], "kunci": None}
    )
    entri = daftar_perubahan(wilayah["0"], Saring()).entri[0]
    assert entri.objek == "lama.tabel 7"
    assert entri.perubahan == [Perubahan("kunci", "", "", True), Perubahan("nama", "a", "b", False)]


# Looks


def test_looks_are_scoped_and_filtered_alike(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    record_view(by=cast.admin_kabupaten, objek=cast.camat_a.orang, alasan="profil orang")
    for kode, saring, count in (
        ("11.01.01", {}, 1),
        ("11.01", {"orang": cast.camat_a.orang_id}, 1),
        ("11.01", {"orang": cast.admin_kabupaten.orang_id}, 1),
        ("11.01", {"orang": cast.camat_b.orang_id}, 0),
        ("11.02", {}, 0),
        ("0", {}, 1),
    ):
        entri = daftar_akses(wilayah[kode], Saring(**saring)).entri
        assert len(entri) == count
    assert (entri[0].objek, entri[0].peristiwa, entri[0].pelaku) == (
        "orang camat_a", "dilihat: profil orang", "admin_kabupaten"
    )  # fmt: skip


# Choices


def test_kinds_are_offered_by_their_label() -> None:
    kinds = dict(pilihan_jenis())
    assert kinds["kecamatan.penugasan"] == "penugasan"
    assert list(kinds.values()) == sorted(kinds.values(), key=str.lower)


def test_people_who_have_or_had_work_in_the_region_are_offered(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    ended = PenugasanFactory(
        wilayah=wilayah["11.01.01"],
        peran="operator_desa",
        sampai=datetime.date(2021, 1, 1),
        pengguna__orang__nama="lalu",
    )
    offered = [nama for _, nama in pilihan_orang(wilayah["11.01.01"], None)]
    works_below = {str(p.pengguna) for p in Penugasan.objects.filter(wilayah__kode__startswith="11.01.01")}
    assert offered == sorted(works_below)
    assert {"camat_a", "lalu", "operator_desa_a1", "upt_kesehatan_a"} <= works_below
    assert (ended.pengguna.orang_id, "lalu") in pilihan_orang(wilayah["11.01"], None)


def test_above_a_kabupaten_only_people_of_that_level_are_offered(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    works_at = {"0": ["admin_pusat", "pemantau_pusat", "sekretariat_bersama"], "11": ["admin_provinsi"]}
    for kode, names in works_at.items():
        assert [nama for _, nama in pilihan_orang(wilayah[kode], None)] == names


def test_somebody_else_is_named_only_where_an_entry_tells_of_them(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    pusat = cast.admin_pusat.orang_id
    assert pusat not in dict(pilihan_orang(wilayah["11.01"], pusat))
    with konteks_audit(pelaku=cast.admin_pusat.pk, alamat="/akun/"):
        Penugasan.objects.filter(pengguna=cast.camat_a).update(dasar="SK 2")
    assert dict(pilihan_orang(wilayah["11.01"], pusat))[pusat] == "admin_pusat"
    assert pusat not in dict(pilihan_orang(wilayah["11.02"], pusat))
