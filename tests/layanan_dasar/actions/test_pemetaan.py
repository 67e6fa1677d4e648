"""Mapping kegiatan: proposals, what a kabupaten and the nation lay down, and what is refused with a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from kecamatan.models import Bidang, CatatanAudit, Wilayah
from layanan_dasar.actions.pemetaan import delete_pemetaan, propose_pemetaan, save_pemetaan
from layanan_dasar.models import DesaBerubah, PemetaanKegiatan
from layanan_dasar.queries.pemetaan import berlaku
from tests.factories import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory


pytestmark = pytest.mark.usefixtures("acuan")
A1 = "11.01.01.2001"


@pytest.fixture
def kabupaten(wilayah: dict[str, Wilayah], cast: SimpleNamespace) -> Wilayah:
    """Kabupaten Satu; A1 uses 02.04.90 and 02.02.02 in three years."""
    for tahun in (2023, 2024, 2025):
        apbdes = APBDesFactory(desa=wilayah[A1], tahun=tahun)
        BarisAPBDesFactory(apbdes=apbdes, kode_kegiatan="02.04.90", uraian="Jambanisasi")
        BarisAPBDesFactory(apbdes=apbdes)
    return wilayah["11.01"]


@pytest.fixture
def save(kabupaten: Wilayah, cast: SimpleNamespace) -> Any:
    """`save_pemetaan` of 02.04.90 to SAB from 2024 on, by the admin of the kabupaten, unless said otherwise."""

    def _save(**changes: Any) -> PemetaanKegiatan:
        bidang = changes.pop("bidang", "SAB")
        values = {
            "by": cast.admin_kabupaten,
            "kabupaten": kabupaten,
            "kode_kegiatan": "02.04.90",
            "bidang": Bidang.objects.get(kode=bidang) if bidang else None,
            "kelas": "I" if bidang else "",
            "tahun_dari": 2024,
        }
        return save_pemetaan(**(values | changes))

    return _save


def years() -> list[tuple[int, int | None, str | None]]:
    """The own mappings of the kabupaten: from, to, service."""
    rows = PemetaanKegiatan.objects.approved().exclude(kabupaten=None).order_by("tahun_dari")
    return list(rows.values_list("tahun_dari", "tahun_sampai", "bidang"))


def marked() -> set[int]:
    return set(DesaBerubah.objects.filter(desa__kode=A1).values_list("tahun", flat=True))


# Proposals


def test_proposals_are_stored_once_and_count_for_nothing(kabupaten: Wilayah, cast: SimpleNamespace) -> None:
    assert propose_pemetaan(by=cast.admin_kabupaten, kabupaten=kabupaten, tahun=2025) == 1
    assert propose_pemetaan(by=cast.admin_kabupaten, kabupaten=kabupaten, tahun=2025) == 0
    usulan = PemetaanKegiatan.objects.get(status="usulan")
    assert (usulan.kode_kegiatan, usulan.bidang_id, usulan.kelas) == ("02.04.90", "SAB", "I")
    assert (usulan.disetujui_oleh, usulan.alasan) == (None, "kata “jamban” dalam namanya")
    assert "02.04.90" not in berlaku(kabupaten, 2025)
    assert marked() == set()


def test_an_approved_proposal_counts_from_then_on(kabupaten: Wilayah, cast: SimpleNamespace, save: Any) -> None:
    propose_pemetaan(by=cast.admin_kabupaten, kabupaten=kabupaten, tahun=2025)
    usulan = PemetaanKegiatan.objects.get(status="usulan")
    satu = save(bidang="KES", kelas="T", nama="Jamban keluarga", tag=["stunting"])
    assert satu.pk == usulan.pk
    assert (satu.status, satu.disetujui_oleh, satu.bidang_id, satu.tag) == (
        "kabupaten", cast.admin_kabupaten, "KES", ["stunting"],
    )  # fmt: skip
    assert satu.disetujui_pada
    assert not PemetaanKegiatan.objects.filter(status="usulan").exists()
    assert marked() == {2024, 2025}


# A kabupaten


def test_a_mapping_to_no_service_is_a_mapping(save: Any, kabupaten: Wilayah) -> None:
    save(bidang=None)
    assert berlaku(kabupaten, 2025)["02.04.90"].bidang is None


def test_only_desa_of_the_kabupaten_that_use_the_kegiatan_are_computed_anew(
    save: Any, wilayah: dict[str, Wilayah]
) -> None:
    for kode, kegiatan in (("11.02.01.2001", "02.04.90"), ("11.01.01.2002", "02.02.02")):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[kode]), kode_kegiatan=kegiatan)
    save(tahun_sampai=2024)
    assert set(DesaBerubah.objects.values_list("desa__kode", "tahun")) == {(A1, 2024)}


def test_a_later_mapping_ends_the_one_it_follows(save: Any) -> None:
    save()
    save(bidang="KES", tahun_dari=2025)
    assert years() == [(2024, 2024, "SAB"), (2025, None, "KES")]


def test_a_mapping_before_another_needs_an_end(save: Any) -> None:
    save()
    with pytest.raises(ValidationError, match="sudah dipetakan sejak 2024"):
        save(tahun_dari=2022)
    save(tahun_dari=2022, tahun_sampai=2023, bidang="KES")
    assert years() == [(2022, 2023, "KES"), (2024, None, "SAB")]


@pytest.mark.parametrize(
    ("dari", "sampai"), [(2024, None), (2024, 2024), (2020, None), (2025, 2025)], ids=["same", "one", "all", "middle"]
)
def test_years_that_are_held_already_are_refused_with_a_sentence(save: Any, dari: int, sampai: int | None) -> None:
    """Nor may a short one cut a longer one in two: what follows would silently be unmapped."""
    save()
    with pytest.raises(ValidationError, match="sudah dipetakan sejak 2024"):
        save(tahun_dari=dari, tahun_sampai=sampai, bidang="KES")
    assert years() == [(2024, None, "SAB")]


def test_the_database_refuses_overlapping_years_too(save: Any, kabupaten: Wilayah) -> None:
    save()
    with pytest.raises(IntegrityError), transaction.atomic():
        PemetaanKegiatanFactory(kabupaten=kabupaten, kode_kegiatan="02.04.90", tahun_dari=2030)


def test_a_mapping_is_corrected_in_place_and_its_old_years_are_computed_anew(save: Any) -> None:
    satu = save(tahun_dari=2023)
    DesaBerubah.objects.all().delete()
    save(pemetaan=satu, bidang="KES", tahun_dari=2025, tahun_sampai=2026)
    assert years() == [(2025, 2026, "KES")]
    assert marked() == {2023, 2024, 2025}


def test_an_end_leaves_the_years_after_it_unmapped(save: Any, kabupaten: Wilayah) -> None:
    satu = save()
    DesaBerubah.objects.all().delete()
    save(pemetaan=satu, tahun_sampai=2024)
    assert "02.04.90" not in berlaku(kabupaten, 2025)
    assert 2025 in marked()


def test_a_mapping_taken_back_gives_way_to_the_nation(save: Any, kabupaten: Wilayah, cast: SimpleNamespace) -> None:
    satu = save(kode_kegiatan="02.02.02", bidang="PDK", alasan="dipakai untuk PAUD")
    DesaBerubah.objects.all().delete()
    delete_pemetaan(by=cast.admin_kabupaten, pemetaan=satu)
    assert berlaku(kabupaten, 2025)["02.02.02"].bidang_id == "KES"
    assert marked() == {2024, 2025}


def test_every_change_is_recorded_for_its_kabupaten(save: Any, kabupaten: Wilayah) -> None:
    save()
    entry = CatatanAudit.objects.filter(model="layanan_dasar.pemetaankegiatan")[0]
    assert (entry.wilayah_id, entry.jenis) == (kabupaten.pk, "INSERT")


REFUSED = {
    "no code": ({"kode_kegiatan": "jalan"}, "Kode kegiatan ditulis seperti 02.04.90"),
    "sixth chapter": ({"kode_kegiatan": "06.01.90"}, "Kode kegiatan ditulis seperti"),
    "more than a code": ({"kode_kegiatan": "02.04.90\n"}, "Kode kegiatan ditulis seperti"),
    "national code without a reason": ({"kode_kegiatan": "02.02.02", "alasan": " "}, "baku secara nasional"),
    "staff cost as social protection": (
        {"kode_kegiatan": "01.01.03", "bidang": "JSO", "alasan": "uji"}, "belanja aparatur",
    ),
    "roads as water": ({"kode_kegiatan": "02.03.10", "alasan": "uji"}, "02.03 adalah jalan"),
    "service without class": ({"kelas": ""}, "Pilih bidang dan kelas bersama"),
    "end before beginning": ({"tahun_sampai": 2023}, "Tahun akhir mendahului"),
    "a year before village budgets": ({"tahun_dari": 2014}, "Tahun akhir mendahului"),
    "a theme that does not exist": ({"tag": ["wisata"]}, "wisata"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(name: str, save: Any) -> None:
    changes, words = REFUSED[name]
    with pytest.raises(ValidationError) as refused:
        save(**changes)
    assert words in " ".join(refused.value.messages)
    assert years() == []
    assert marked() == set()


def test_a_national_code_may_be_mapped_otherwise_with_a_reason(save: Any, kabupaten: Wilayah) -> None:
    save(kode_kegiatan="02.02.02", bidang="PDK", alasan="dipakai untuk PAUD")
    assert berlaku(kabupaten, 2025)["02.02.02"].bidang_id == "PDK"


def test_public_latrines_in_a_local_code_of_roads_are_water(save: Any) -> None:
    assert save(kode_kegiatan="02.03.95").bidang_id == "SAB"


def test_blt_keeps_its_conditions_in_every_kabupaten(save: Any) -> None:
    """The own 05.03.00 of a kabupaten, and what it calls BLT elsewhere; not what it maps to another service."""
    same = save(kode_kegiatan="05.03.00", bidang="JSO", alasan="uji", tag=["blt"])
    named = save(kode_kegiatan="05.03.90", bidang="JSO", tag=["blt"])
    other = save(kode_kegiatan="05.03.91", bidang="KES", tag=["blt"])
    plain = save(kode_kegiatan="05.03.92", bidang="JSO")
    conditions = [(s.syarat_sumber_dana, s.syarat_rekening, s.syarat_output, s.kelas_lain) for s in (same, named)]
    assert conditions == [("DDS", "5.4.1", "530001", "T")] * 2
    assert (other.syarat, plain.syarat) == ("", "")


def test_the_thirty_per_cent_are_not_a_kabupatens_to_change(save: Any) -> None:
    inside = save(kode_kegiatan="01.01.01", bidang=None, alasan="uji", tag=["digital"])
    outside = save(bidang=None, tag=["k30"])
    assert (inside.tag, outside.tag) == (["digital", "k30"], [])


# The nation


def test_the_nation_changes_a_mapping_from_a_year_on_for_everybody(
    save: Any, cast: SimpleNamespace, wilayah: dict[str, Wilayah], kabupaten: Wilayah
) -> None:
    BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah["11.02.01.2001"]))
    save(by=cast.admin_pusat, kabupaten=None, kode_kegiatan="02.02.02", kelas="T", bidang="KES", tahun_dari=2025)
    kelas = [berlaku(kabupaten, tahun)["02.02.02"].kelas for tahun in (2024, 2025)]
    assert kelas == ["I", "T"]
    assert set(DesaBerubah.objects.values_list("desa__kode", "tahun")) == {(A1, 2025), ("11.02.01.2001", 2025)}


def test_the_nation_states_conditions_itself(save: Any, cast: SimpleNamespace) -> None:
    syarat = {"syarat_sumber_dana": "DDS", "syarat_rekening": "5.4.1", "kelas_lain": "T"}
    satu = save(
        by=cast.admin_pusat, kabupaten=None, kode_kegiatan="05.03.00", bidang="JSO", tahun_dari=2026, syarat=syarat
    )
    assert satu.syarat == "inti bila sumber dana DDS dan rekening 5.4.1; selain itu terkait"
    assert (satu.status, satu.kabupaten) == ("resmi", None)


def test_local_codes_are_not_the_nations_to_map(save: Any, cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="berbeda artinya di tiap daerah"):
        save(by=cast.admin_pusat, kabupaten=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_is_told(save: Any) -> None:
    """The second waits for the first and then finds its years held; nobody meets a broken constraint."""
    together = Barrier(2)

    def approve(bidang: str) -> str:
        try:
            together.wait()
            save(bidang=bidang)
        except ValidationError as refused:
            return refused.messages[0]
        finally:
            connections.close_all()
        return "tersimpan"

    with ThreadPoolExecutor() as pool:
        answers = sorted(pool.map(approve, ["SAB", "KES"]))
    assert answers == ["02.04.90 sudah dipetakan sejak 2024. Ubah pemetaan itu, atau pilih tahun lain.", "tersimpan"]
    assert len(years()) == 1
