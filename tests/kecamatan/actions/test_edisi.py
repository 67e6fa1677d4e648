"""A new edition applied: nothing is lost, nobody inherits by accident, and successors are followed to the end."""

import datetime
from types import SimpleNamespace

import pytest

from kecamatan.actions import edisi as aksi
from kecamatan.actions.edisi import Edisi, add_riwayat, apply_edisi, decide_riwayat, in_force_list, preview_edisi
from kecamatan.models import JenisRiwayat, Pengguna, RiwayatWilayah, Wilayah
from kecamatan.queries.wilayah import riwayat_of, search
from p3pd_portal.lib.spreadsheet import Rejected
from tests.factories import PenggunaFactory


pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 4, 25)
A1, A2, B1 = "11.01.01.2001", "11.01.01.2002", "11.01.02.2001"


@pytest.fixture(autouse=True)
def small_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a world of fifteen regions a few are many."""
    monkeypatch.setattr(aksi, "MOST_CLOSED", 0.9)


def apply(day: datetime.date = DAY, **names: str | None) -> None:
    """The list in force with other names; None takes a code away."""
    listed = in_force_list()
    for kode, nama in names.items():
        kode = kode.strip("k").replace("_", ".")
        if nama is None:
            del listed[kode]
        else:
            listed[kode] = nama
    apply_edisi(Edisi(list(listed.items()), "Kepmendagri Uji", day))


def approve(**conditions: object) -> int:
    ids = RiwayatWilayah.objects.waiting().filter(**conditions).values_list("pk", flat=True)
    return decide_riwayat(ids=ids, setuju=True, by=PenggunaFactory())


def kini(kode: str, nama: str) -> str | None:
    return Wilayah.objects.values_list("kode_kini", flat=True).get(kode=kode, nama=nama)


@pytest.fixture
def moved(wilayah: dict[str, Wilayah]) -> None:
    """A1 went from Alfa to Beta under a new code."""
    apply(k11_01_01_2001=None, k11_01_02_2009="A1")


def test_a_first_list_begins_without_a_date_and_a_later_one_with_its_own(db: None) -> None:
    apply_edisi(Edisi([("11", "Uji")], "Kepmendagri Uji", DAY))
    apply_edisi(Edisi([("11", "Uji"), ("12", "Dua")], "Kepmendagri Uji 2", DAY))
    assert dict(Wilayah.objects.exclude(kode="0").values_list("kode", "berlaku_dari")) == {"11": None, "12": DAY}


def test_the_same_list_again_changes_nothing(moved: None) -> None:
    before = list(Wilayah.objects.order_by("pk").values()), list(RiwayatWilayah.objects.order_by("pk").values())
    apply()
    assert before == (
        list(Wilayah.objects.order_by("pk").values()),
        list(RiwayatWilayah.objects.order_by("pk").values()),
    )


def test_a_preview_changes_nothing(wilayah: dict[str, Wilayah]) -> None:
    beda = preview_edisi([("11", "Uji Baru"), *((k, n) for k, n in in_force_list().items() if k != "11")])
    assert beda.counts()["ganti nama"] == 1
    assert in_force_list()["11"] == "Uji"


def test_demo_regions_are_no_part_of_a_national_list(moved: None) -> None:
    assert Wilayah.objects.in_force().filter(contoh=True).count() == 4


def test_a_new_spelling_keeps_the_region_and_its_old_name_as_alias(wilayah: dict[str, Wilayah]) -> None:
    apply(k11_01_01="Alfah")
    alfa = Wilayah.objects.get(kode="11.01.01")
    assert (alfa.pk, alfa.nama, alfa.berlaku_sampai) == (wilayah["11.01.01"].pk, "Alfah", None)
    assert [satu.nama_lama for satu in riwayat_of(alfa)] == ["Alfa"]
    assert search("Alfa").wilayah[0] == alfa
    assert "Alfah" in Wilayah.objects.get(kode=A1).jalur


def test_a_region_that_is_gone_is_closed_and_counted_no_more(wilayah: dict[str, Wilayah]) -> None:
    apply(k11_01_01_2001=None)
    gone = Wilayah.objects.get(kode=A1)
    assert (gone.pk, gone.berlaku_sampai, gone.kode_kini) == (wilayah[A1].pk, DAY - datetime.timedelta(1), None)
    assert Wilayah.objects.get(kode="11.01.01").jumlah_desa == wilayah["11.01.01"].jumlah_desa - 1


def test_the_last_village_gone_leaves_none(wilayah: dict[str, Wilayah]) -> None:
    apply(k11_02_01_2001=None)
    assert Wilayah.objects.get(kode="11.02.01").jumlah_desa == 0
    assert Wilayah.objects.get(kode="11.02").jumlah_desa == 0


def test_a_move_takes_effect_when_it_is_approved(moved: None, wilayah: dict[str, Wilayah]) -> None:
    assert kini(A1, "A1") is None
    assert search(A1).wilayah == []
    assert approve() == 1
    assert kini(A1, "A1") == "11.01.02.2009"
    assert [satu.kode for satu in search(A1).wilayah] == ["11.01.02.2009"]
    assert Wilayah.objects.filter(wilayah["11.01.02"].q_below()).filter(kode=A1).exists()
    assert not Wilayah.objects.filter(wilayah["11.01.01"].q_below()).filter(kode=A1).exists()


def test_people_keep_their_work_when_their_region_gets_another_code(moved: None, cast: SimpleNamespace) -> None:
    at = Wilayah.objects.get(kode="11.01.02.2009")
    for approved in (False, True):
        if approved:
            approve()
        visible = Wilayah.objects.in_force().visible_to(
            type(cast.operator_desa_a1).objects.get(email="operator_desa_a1@uji.test")
        )
        assert list(visible) == ([at] if approved else [])


def test_a_code_given_to_another_village_passes_nothing_on(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> None:
    apply(k11_01_01_2001="A2", k11_01_01_2002=None)
    (reused,) = RiwayatWilayah.objects.waiting()
    assert reused.jenis == JenisRiwayat.KODE_DIPAKAI_ULANG
    approve()
    old, new = Wilayah.objects.filter(kode=A1).order_by("pk")
    assert (old.nama, old.kode_kini, new.nama) == ("A1", None, "A2")
    operator = Pengguna.objects.get(email="operator_desa_a1@uji.test")
    assert not Wilayah.objects.visible_to(operator).exists()
    assert not operator.has_izin("lihat_data_kerja", new)


def test_a_guess_that_is_rejected_leaves_both_apart(wilayah: dict[str, Wilayah]) -> None:
    apply(k11_01_02_2001="Wates")
    (guess,) = RiwayatWilayah.objects.waiting()
    assert decide_riwayat(ids=[guess.pk], setuju=False, by=PenggunaFactory()) == 1
    assert kini(B1, "B1") is None
    assert decide_riwayat(ids=[guess.pk], setuju=True, by=PenggunaFactory()) == 0


def test_chains_are_followed_to_the_region_in_force(moved: None) -> None:
    apply(DAY.replace(year=2026), k11_01_02_2009=None, k11_01_01_2007="A1")
    approve(asal__kode=A1)
    assert kini(A1, "A1") is None
    approve()
    assert kini(A1, "A1") == "11.01.01.2007"


def test_an_edition_older_than_the_one_in_force_is_refused(moved: None) -> None:
    with pytest.raises(Rejected, match="lebih awal"):
        apply(DAY - datetime.timedelta(1), k11_01_02_2009=None)
    assert in_force_list()["11.01.02.2009"] == "A1"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("11", "Uji"), ("11.01.01", "Alfa")], "tanpa induk: 11.01.01"),
        ([("11", "Uji"), ("11", "Uji")], "ganda"),
        ([("0", "Indonesia"), ("11", "Uji")], "bukan kode resmi"),
        ([("99", "Contoh")], "bukan kode resmi"),
        ([("11", "")], "tanpa nama"),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    rows: list[tuple[str, str]], message: str, wilayah: dict[str, Wilayah]
) -> None:
    with pytest.raises(Rejected, match=message):
        preview_edisi(rows)


def test_a_list_that_leaves_out_much_is_taken_for_incomplete(
    wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aksi, "MOST_CLOSED", 0.2)
    with pytest.raises(Rejected, match="daftar yang lengkap"):
        preview_edisi([("11", "Uji")])


# By hand


def by_hand(asal: Wilayah, penerus: Wilayah, jenis: JenisRiwayat) -> RiwayatWilayah:
    return add_riwayat(asal=asal, penerus=penerus, jenis=jenis, berlaku=DAY, dasar="Perda", by=PenggunaFactory())


def test_a_part_split_off_inherits_nothing(wilayah: dict[str, Wilayah]) -> None:
    by_hand(wilayah[A1], wilayah[A2], JenisRiwayat.PECAH)
    assert kini(A1, "A1") == A1
    assert [satu.get_jenis_display() for satu in riwayat_of(wilayah[A2])] == ["pecahan"]


def test_villages_that_merged_are_followed_by_one(wilayah: dict[str, Wilayah]) -> None:
    apply(k11_01_01_2001=None)
    gone = Wilayah.objects.get(kode=A1)
    by_hand(gone, wilayah[A2], JenisRiwayat.GABUNG)
    by_hand(gone, wilayah[B1], JenisRiwayat.PECAH)
    assert kini(A1, "A1") == A2
    with pytest.raises(Rejected, match="sudah diteruskan"):
        by_hand(gone, wilayah[B1], JenisRiwayat.GABUNG)


@pytest.mark.parametrize(
    ("asal", "penerus", "message"),
    [(A1, A1, "dua wilayah yang berbeda"), (A1, "11.01.02", "setingkat"), (A1, A2, "masih berlaku")],
)
def test_what_cannot_follow_is_refused(asal: str, penerus: str, message: str, wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(Rejected, match=message):
        by_hand(wilayah[asal], wilayah[penerus], JenisRiwayat.GABUNG)


def test_two_guesses_for_one_region_are_not_both_approved(wilayah: dict[str, Wilayah]) -> None:
    apply(k11_01_01_2001=None)
    gone = Wilayah.objects.get(kode=A1)
    for penerus in (A2, B1):
        RiwayatWilayah.objects.create(
            asal=gone, penerus=wilayah[penerus], jenis="gabung", nama_lama="A1", nama_baru="?", berlaku=DAY, dasar="Uji"
        )
    with pytest.raises(Rejected, match="dua penerus"):
        approve()
    assert approve(penerus=wilayah[A2]) == 1
    with pytest.raises(Rejected, match="sudah diteruskan"):
        approve()
