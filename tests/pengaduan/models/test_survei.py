"""What the database lets in, and whose survey it is."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from kecamatan.models import CatatanAudit, Wilayah
from pengaduan.models import JawabanSurvei, KartuSkor, KriteriaSkor, RingkasanProfil, RingkasanSurvei, Survei
from pengaduan.models.hasil_survei import RingkasanUnsur, pilihan
from tests.factories import (
    JawabanSurveiFactory,
    KartuSkorFactory,
    PenugasanFactory,
    SurveiFactory,
    UnitLayananFactory,
)
from tests.pengaduan.dunia import A1, A


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HARI = datetime.date(2026, 9, 1)


def broken(name: str, act: object, **fields: object) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act(**fields)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"dari": HARI, "sampai": HARI - datetime.timedelta(days=1)}, "survei_masa_urut"),
        ({"periode": "2026-S3"}, "survei_periode_dikenal"),
        ({"periode": "2026-07"}, "survei_periode_dikenal"),
        ({"populasi": 0}, "survei_populasi_ada"),
        ({"jenis_layanan": ""}, "survei_layanan_bernama"),
        ({"garam": None}, "survei_garam_selama_berjalan"),
        ({"status": "draf", "garam": b"x"}, "survei_garam_selama_berjalan"),
        ({"ditutup_pada": datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)}, "survei_tertutup_berwaktu"),
    ],
)
def test_rules_of_a_survey(fields: dict[str, object], name: str, wilayah: World) -> None:
    broken(name, SurveiFactory, unit__wilayah=wilayah[A1], **fields)


def test_one_survey_of_a_service_in_a_period_however_it_is_spelled(wilayah: World) -> None:
    first = SurveiFactory(unit__wilayah=wilayah[A1])
    broken("survei_unik", SurveiFactory, unit=first.unit, jenis_layanan="RAWAT Jalan")
    SurveiFactory(unit=first.unit, periode="2026")
    assert str(first) == f"Rawat jalan, {first.unit}, semester 2 2026"
    assert first.kunci_tampil.count("-") == 2


@pytest.mark.parametrize("nilai", [0, 5])
@pytest.mark.parametrize("place", range(9))
def test_a_value_is_one_to_four(place: int, nilai: int, wilayah: World) -> None:
    values = [3] * 9
    values[place] = nilai
    survei = SurveiFactory(unit__wilayah=wilayah[A1])
    broken("_1_4", JawabanSurveiFactory, survei=survei, nilai=values)


def test_an_answer_says_something_and_paper_was_typed_by_somebody(wilayah: World, cast: SimpleNamespace) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1])
    broken("berisi", JawabanSurveiFactory, survei=survei, nilai=[None] * 9)
    broken("kertas_diketik", JawabanSurveiFactory, survei=survei, cara="kertas")
    broken("kertas_diketik", JawabanSurveiFactory, survei=survei, dicatat_oleh=cast.camat_a)
    sheet = JawabanSurveiFactory(survei=survei, cara="kertas", dicatat_oleh=cast.camat_a, nilai=[1, None] + [4] * 7)
    sheet.refresh_from_db()
    assert (sheet.n_isi, sheet.nilai[:3], str(sheet)) == (8, [1, None, 4], f"{survei.pk}/{sheet.pk}")


def test_a_device_counts_once_and_answers_without_a_mark_do_not_stand_in_each_others_way(wilayah: World) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1], jawaban=2)
    JawabanSurveiFactory(survei=survei, tanda=b"x")
    broken("jawaban_survei_sekali", JawabanSurveiFactory, survei=survei, tanda=b"x")
    assert survei.jawaban.count() == 3


def test_answers_with_more_than_three_gaps_do_not_count(wilayah: World) -> None:
    survei = SurveiFactory(unit__wilayah=wilayah[A1])
    JawabanSurveiFactory(survei=survei, nilai=[None] * 3 + [3] * 6)
    JawabanSurveiFactory(survei=survei, nilai=[None] * 4 + [3] * 5)
    assert JawabanSurvei.objects.counted().count() == 1


def test_the_history_knows_a_removed_or_changed_answer_but_no_new_one_and_no_person(wilayah: World) -> None:
    satu = JawabanSurveiFactory(
        survei=SurveiFactory(unit__wilayah=wilayah[A1]), saran="Nama saya Budi", pekerjaan="tani"
    )
    about = CatatanAudit.objects.filter(model="pengaduan.jawabansurvei")
    assert not about.exists()
    satu.waktu = 1
    satu.save()
    satu.delete()
    changed, removed = about.order_by("id")
    assert changed.perubahan == {"waktu": [3, 1]}
    assert (removed.jenis, removed.wilayah_id, removed.perubahan["waktu"]) == ("DELETE", wilayah[A1].pk, [1, None])
    assert "Budi" not in str(removed.perubahan)
    assert "tani" not in str(removed.perubahan)


# Whose


def seen(cast: SimpleNamespace, name: str) -> set[str]:
    return {satu.unit.jenis for satu in Survei.objects.visible_to(getattr(cast, name)).select_related("unit")}


KINDS = ("posyandu", "sekolah", "kantor_desa")


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("camat_a", set(KINDS)),
        ("sekcam_a", set(KINDS)),
        ("operator_kecamatan_a", set(KINDS)),
        ("admin_kabupaten", set(KINDS)),
        ("admin_pusat", set(KINDS)),
        ("upt_kesehatan_a", {"posyandu"}),
        ("upt_pendidikan_a", {"sekolah"}),
        ("camat_b", set()),
        ("admin_kabupaten_lain", set()),
        ("verifikator_a", set()),
        ("kades_a1", set()),
        ("operator_desa_a1", set()),
    ],
)
def test_a_kecamatan_keeps_every_survey_and_a_upt_those_of_its_own_units(
    name: str, kinds: set[str], cast: SimpleNamespace, wilayah: World
) -> None:
    for jenis in KINDS:
        SurveiFactory(unit__wilayah=wilayah[A1], unit__jenis=jenis)
    assert seen(cast, name) == kinds


def test_a_upt_for_some_desa_keeps_the_surveys_of_those(cast: SimpleNamespace, wilayah: World) -> None:
    for kode in (A1, f"{A}.2002"):
        SurveiFactory(unit__wilayah=wilayah[kode])
    penugasan = PenugasanFactory(peran="upt_kesehatan", wilayah=wilayah[A])
    penugasan.desa.set([wilayah[A1]])
    assert [satu.unit.wilayah.kode for satu in Survei.objects.visible_to(penugasan.pengguna)] == [A1]


def test_running_and_published(wilayah: World) -> None:
    today = datetime.date.today()
    runs, _draft, over, shown = (
        SurveiFactory(unit__wilayah=wilayah[A1], **more)
        for more in (
            {},
            {"status": "draf"},
            {"dari": HARI, "sampai": HARI},
            {"status": "terbit"},
        )
    )
    assert list(Survei.objects.running(today)) == [runs]
    assert list(Survei.objects.published()) == [shown]
    assert runs.is_open(today)
    assert not over.is_open(today)
    assert list(Survei.objects.in_wilayah(wilayah["11.01.02"])) == []
    assert Survei.objects.in_wilayah(wilayah["11"]).count() == 4


# Results and score cards


def test_an_index_stands_with_its_class_on_ten_people(wilayah: World) -> None:
    satu = SurveiFactory(unit__wilayah=wilayah[A1], status="ditutup", jawaban=10).ringkasan
    assert str(satu) == f"{satu.pk}: 75.00"
    broken("ikm_bermutu", RingkasanSurvei.objects.filter(pk=satu.pk).update, n=9)
    broken("ikm_bermutu", RingkasanSurvei.objects.filter(pk=satu.pk).update, mutu=None)
    unsur = satu.unsur.first()
    assert str(unsur) == f"{satu.pk} persyaratan"
    broken("ringkasan_unsur_1_4", RingkasanUnsur.objects.filter(pk=unsur.pk).update, jumlah=41)
    assert str(satu.profil.get(dimensi="pekerjaan")) == f"{satu.pk} pekerjaan "


def test_every_dimension_has_its_answers_and_none_at_the_end() -> None:
    assert pilihan("jenis_kelamin") == {"p": "perempuan", "l": "laki-laki", "": "tidak diisi"}
    assert all(list(pilihan(satu))[-1] == "" for satu in RingkasanProfil.Dimensi)


def test_rules_of_a_score_card(wilayah: World) -> None:
    kartu = KartuSkorFactory(wilayah=wilayah[A1], skor=[("Ramah", "pemuda", 6, 3)])
    assert str(kartu) == "Kesehatan, Desa A1, putaran 1"
    assert str(kartu.skor.get()) == "Ramah (pemuda): 3"
    assert str(kartu.aksi.create(tindakan="Tambah bidan", penanggung_jawab="Kapus", tenggat=HARI)) == "Tambah bidan"
    broken("putaran_sekali", KartuSkorFactory, wilayah=wilayah[A1])
    broken("putaran_dari_1", KartuSkorFactory, wilayah=wilayah[A1], putaran=0)
    broken("sesudah_menilai", KartuSkorFactory, wilayah=wilayah[A1], putaran=2, tgl_pertemuan="2026-03-01")
    for fields, name in (({"skor": 6}, "1_5"), ({"skor": 0}, "1_5"), ({"n_peserta": 0}, "berpeserta")):
        broken(name, KriteriaSkor.objects.update, **fields)


def test_cards_about_no_unit_are_the_kecamatans(cast: SimpleNamespace, wilayah: World) -> None:
    bare = KartuSkorFactory(wilayah=wilayah[A1])
    own = KartuSkorFactory(wilayah=wilayah[A1], unit=UnitLayananFactory(wilayah=wilayah[A1]))
    assert set(KartuSkor.objects.visible_to(cast.camat_a)) == {bare, own}
    assert list(KartuSkor.objects.visible_to(cast.upt_kesehatan_a)) == [own]
    assert not KartuSkor.objects.visible_to(cast.upt_pendidikan_a).exists()
    assert not KartuSkor.objects.visible_to(cast.camat_b).exists()
