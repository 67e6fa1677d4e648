"""Need beside spending: the reference's vector (§4.5) and every reason for which there is nothing to compare."""

from decimal import Decimal

import pytest

from layanan_dasar.aggregation.keselarasan import Kuadran, alasan_kosong, keselarasan, pasangkan


JUTA = 1_000_000
GAP = {"PDK": "0.20", "KES": "0.35", "SAB": "0.45", "JSO": "0.15", "ADM": "0.10"}
BELANJA = {"PDK": 60 * JUTA, "KES": 90 * JUTA, "SAB": 120 * JUTA, "JSO": 72 * JUTA, "ADM": 8 * JUTA}
SAMPAI_ENAM = Decimal("0.000001")


def gaps(**changed: str | None) -> dict[str, Decimal | None]:
    return {kode: None if nilai is None else Decimal(nilai) for kode, nilai in (GAP | changed).items()}


def test_the_vector_of_the_reference() -> None:
    rows = pasangkan(gaps(), BELANJA)
    assert [str(satu.kebutuhan) for satu in rows] == ["0.16", "0.28", "0.36", "0.12", "0.08"]
    shares = [str(satu.belanja.quantize(SAMPAI_ENAM)) for satu in rows if satu.belanja is not None]
    assert shares == ["0.171429", "0.257143", "0.342857", "0.205714", "0.022857"]
    assert str(keselarasan(rows).quantize(SAMPAI_ENAM)) == "0.902857"
    assert alasan_kosong(rows) == ""


def test_each_service_stands_in_the_quadrant_of_its_shares() -> None:
    """Both shares count as high from the even share on: a fifth of five."""
    found = {satu.kode: satu.kuadran for satu in pasangkan(gaps(), BELANJA)}
    assert found == {
        "PDK": Kuadran.PANTAU,
        "KES": Kuadran.TINJAU,
        "SAB": Kuadran.TINJAU,
        "JSO": Kuadran.PERTAHANKAN,
        "ADM": Kuadran.PANTAU,
    }
    poor = pasangkan(gaps(), BELANJA | {"SAB": JUTA})
    assert {satu.kode for satu in poor if satu.kuadran is Kuadran.PRIORITASKAN} == {"SAB"}


def test_the_difference_is_below_zero_where_the_need_is_larger() -> None:
    selisih = {satu.kode: satu.selisih for satu in pasangkan(gaps(), BELANJA)}
    assert selisih["ADM"] < 0 < selisih["JSO"]
    assert abs(sum(selisih.values())) < SAMPAI_ENAM


def test_a_service_without_a_gap_is_left_out_of_both_shares() -> None:
    rows = pasangkan(gaps(KES=None), BELANJA)
    assert [satu.kode for satu in rows] == ["PDK", "SAB", "JSO", "ADM"]
    assert sum(satu.anggaran for satu in rows) == 260 * JUTA
    assert rows[0].batas == Decimal("0.25")
    assert keselarasan(rows) is not None


@pytest.mark.parametrize(
    ("gap", "belanja", "alasan"),
    [
        ({}, BELANJA, "capaian layanan belum ada"),
        (gaps(KES=None, SAB=None, JSO=None), BELANJA, "capaian layanan baru ada untuk 2 dari sedikitnya 3 bidang"),
        (gaps(**dict.fromkeys(GAP, "0")), BELANJA, "semua bidang sudah mencapai target"),
        (gaps(), dict.fromkeys(GAP, 0), "belum ada belanja untuk bidang-bidang ini"),
        (gaps(), dict.fromkeys(GAP), "rincian kegiatan belum ada"),
    ],
    ids=["tanpa capaian", "kurang dari tiga", "tanpa kesenjangan", "belanja nol", "belanja tidak diketahui"],
)
def test_without_something_to_compare_there_is_a_reason(
    gap: dict[str, Decimal | None], belanja: dict[str, int | None], alasan: str
) -> None:
    rows = pasangkan(gap, belanja)
    assert alasan_kosong(rows) == alasan
    assert keselarasan(rows) is None
    assert all(satu.kuadran is None for satu in rows) or len(rows) == 2


@pytest.mark.parametrize("kuadran", Kuadran, ids=lambda satu: satu.name)
def test_every_quadrant_asks_a_question(kuadran: Kuadran) -> None:
    assert kuadran.arti.endswith("?")
