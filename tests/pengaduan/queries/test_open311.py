"""What Open311 tells of reports: only what was let through, in the moderator's words, without a query a report."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kecamatan.models import AturanDaerah, Wilayah
from pengaduan.actions.meja import add_catatan, redact
from pengaduan.actions.open311 import make_kunci, revoke_kunci
from pengaduan.models import KategoriPengaduan, KunciApi, Pengaduan, Status
from pengaduan.queries import open311 as queries
from pengaduan.queries import open311_kunci as kunci
from pengaduan.queries import open311_layanan as layanan
from pengaduan.queries.open311 import Saringan
from tests.factories import PengaduanFactory
from tests.pengaduan.dunia import A1, A, fresh
from tests.pengaduan.open311 import tayang


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
DAY = datetime.timedelta(days=1)


def nomor(**asked: object) -> list[str]:
    return [satu.service_request_id for satu in queries.daftar_permintaan(Saringan(**asked))]  # type: ignore[arg-type]


def test_services_are_the_subjects_that_are_offered(wilayah: World) -> None:
    KategoriPengaduan.objects.filter(pk="lainnya").update(aktif=False)
    rows = {satu.service_code: satu for satu in layanan.daftar_layanan()}
    assert "lainnya" not in rows
    assert rows["sanitasi_air_bersih"].group == "Sanitasi dan air bersih"
    assert rows["infrastruktur"].group == "Lainnya"
    assert rows["infrastruktur"].keywords == "jalan,jembatan,sarana,umum"
    assert {(satu.metadata, satu.type) for satu in rows.values()} == {(True, "batch")}
    assert layanan.definisi("lainnya") is None


def test_the_attributes_of_a_service_have_an_order_and_lists_their_keys(wilayah: World) -> None:
    found = layanan.definisi("kesehatan")
    assert found
    assert [(satu.code, satu.datatype, satu.order) for satu in found.attributes] == [
        ("judul", "string", 1), ("lokasi", "string", 2), ("tgl_kejadian", "datetime", 3),
        ("jenis", "singlevaluelist", 4),
    ]  # fmt: skip
    assert [satu.key for satu in found.attributes[3].values] == list(Pengaduan.Jenis.values)
    assert not any(satu.required for satu in found.attributes)


def test_a_report_is_told_in_the_words_of_the_moderator_and_roughly_placed(wilayah: World) -> None:
    AturanDaerah.objects.create(kode="11", zona_waktu="WIT")
    tayang(
        wilayah[A1], nomor="DK-1", judul="Pak Budi lalai", isi="Rumah Pak Budi no. 3", lokasi="Jl. Pak Budi 3",
        lintang="-6.12345", bujur="106.98765", tenggat_selesai=datetime.date(2026, 11, 23),
        diterima_pada=datetime.datetime(2026, 11, 9, 3, tzinfo=datetime.UTC),
    )  # fmt: skip
    (satu,) = queries.daftar_permintaan(Saringan(nomor=["DK-1"]))
    assert (satu.description, satu.lat, satu.long) == ("Jembatan putus\n\nSejak Senin.", -6.123, 106.988)
    assert (satu.address, satu.address_id) == ("Desa A1, Kecamatan Alfa, Kabupaten Satu, Provinsi Uji", A1)
    assert (satu.agency_responsible, satu.status) == ("Kecamatan Alfa", "open")
    assert satu.requested_datetime.isoformat() == "2026-11-09T12:00:00+09:00"
    assert satu.expected_datetime
    assert satu.expected_datetime.isoformat() == "2026-11-23T23:59:59+09:00"
    assert (satu.media_url, satu.zipcode, satu.service_notice, satu.status_notes) == (None, None, None, None)
    assert "Budi" not in str(satu)


def test_a_long_text_is_cut_where_the_specification_ends(wilayah: World) -> None:
    tayang(wilayah[A1], nomor="DK-1", isi_publik="x" * 4000)
    assert len(queries.daftar_permintaan(Saringan(nomor=["DK-1"]))[0].description) == 4000


def test_confidential_and_unmoderated_reports_are_in_no_list_and_under_no_number(wilayah: World) -> None:
    seen = tayang(wilayah[A1])
    hidden = [PengaduanFactory(wilayah=wilayah[A1], **more) for more in ({}, {"rahasia": True}, {"judul_publik": "x"})]
    assert nomor() == [seen.nomor]
    assert nomor(nomor=[satu.nomor for satu in hidden]) == []
    assert [queries.find_permintaan(satu.nomor) for satu in hidden] == [None] * 3
    assert queries.find_permintaan("DK-\0") is None


def test_the_last_word_for_everybody_is_the_note_and_the_time_of_the_change(
    cast: SimpleNamespace, wilayah: World
) -> None:
    satu = tayang(wilayah[A1])
    for catatan, sifat in (("Satu.", "publik"), ("Dua.", "publik"), ("Tiga.", "pelapor"), ("Empat.", "internal")):
        last = add_catatan(by=cast.camat_a, pengaduan=satu, catatan=catatan, sifat=sifat)
    (told,) = queries.daftar_permintaan(Saringan())
    assert told.status_notes == "Dua."
    assert satu.sejak < told.updated_datetime < last.waktu
    redact(by=cast.camat_a, langkah=satu.langkah.get(catatan="Dua."))
    assert queries.daftar_permintaan(Saringan())[0].status_notes == "Satu."


def test_a_closed_report_was_changed_when_it_was_closed(wilayah: World) -> None:
    end = timezone.now() - DAY
    tayang(wilayah[A1], status="selesai", ditutup_pada=end, tenggat=None)
    (told,) = queries.daftar_permintaan(Saringan())
    assert (told.status, told.updated_datetime, told.expected_datetime) == ("closed", end, None)


def test_every_state_is_open_or_closed() -> None:
    assert queries.STATUS["open"] | queries.STATUS["closed"] == set(Status)
    assert not queries.STATUS["open"] & queries.STATUS["closed"]


def test_the_latest_come_first_page_by_page(wilayah: World) -> None:
    now = timezone.now()
    rows = [tayang(wilayah[A1], diterima_pada=now - n * DAY).nomor for n in range(5)]
    assert nomor() == rows
    assert nomor(sehalaman=2, halaman=2) == rows[2:4]
    assert nomor(sehalaman=2, halaman=9) == []


def test_no_more_than_a_thousand_at_once() -> None:
    assert Saringan().sehalaman == 1000


def test_without_days_the_last_ninety_are_told(wilayah: World) -> None:
    now = timezone.now()
    new, old = (tayang(wilayah[A1], diterima_pada=now - days * DAY) for days in (89, 91))
    assert nomor() == [new.nomor]
    assert nomor(sampai=now - 90 * DAY) == [old.nomor]
    assert nomor(dari=now - 120 * DAY) == [new.nomor, old.nomor]
    assert nomor(dari=now - 180 * DAY) == [old.nomor]
    assert nomor(dari=now - 90 * DAY, sampai=now) == [new.nomor]


def test_subject_state_and_region_narrow_the_list(wilayah: World) -> None:
    a = tayang(wilayah[A1])
    b = tayang(wilayah["11.01.02.2001"], kategori="kesehatan")
    c = tayang(wilayah[A], status="ditolak", ditutup_pada=timezone.now(), tenggat=None)
    assert nomor(kategori=["kesehatan"]) == [b.nomor]
    assert set(nomor(status=["open"])) == {a.nomor, b.nomor}
    assert nomor(status=["closed"]) == [c.nomor]
    assert len(nomor(status=["open", "closed"])) == 3
    assert set(nomor(wilayah=wilayah[A])) == {a.nomor, c.nomor}
    assert queries.find_permintaan(b.nomor, wilayah["11.01.02"])
    assert queries.find_permintaan(b.nomor, wilayah[A]) is None


def test_fictional_regions_are_told_only_to_who_asks_for_them(wilayah: World) -> None:
    satu = tayang(wilayah["99.01.01.2001"])
    assert nomor() == nomor(wilayah=wilayah["0"]) == []
    assert nomor(wilayah=wilayah["99.01"]) == nomor(nomor=[satu.nomor]) == [satu.nomor]


def test_a_number_overrides_everything_else(wilayah: World) -> None:
    old = tayang(wilayah[A1], diterima_pada=timezone.now() - 400 * DAY)
    assert nomor(nomor=[old.nomor, "DK-TIDAK-ADA"], kategori=["kesehatan"]) == [old.nomor]


@pytest.mark.parametrize("many", [1, 12])
def test_many_reports_need_no_more_queries_than_one(
    many: int, cast: SimpleNamespace, wilayah: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(many):
        satu = tayang(wilayah[A1 if n % 2 else "11.01.02.2001"], kategori="kesehatan" if n % 3 else "infrastruktur")
        add_catatan(by=cast.admin_kabupaten, pengaduan=satu, catatan="Diperiksa.", sifat="publik")
    with django_assert_num_queries(3):
        assert len(queries.daftar_permintaan(Saringan())) == many


def test_a_region_is_found_by_its_code_with_dots_or_without(wilayah: World) -> None:
    assert queries.find_wilayah("1101012001") == queries.find_wilayah(A1) == wilayah[A1]
    assert (
        queries.find_wilayah("77") is queries.find_wilayah("11.01.01.2001\0") is queries.find_wilayah("x" * 9) is None
    )


# Keys


def test_a_key_is_known_by_its_whole_text_while_it_is_in_force(cast: SimpleNamespace, wilayah: World) -> None:
    today = timezone.localdate()
    satu, teks = make_kunci(by=cast.admin_kabupaten, wilayah=wilayah[A], nama="Aplikasi", berlaku_sampai=today)
    assert kunci.find_kunci(teks, today) == satu
    assert kunci.find_kunci(teks, today + DAY) is None
    other = teks[:-1] + ("a" if teks[-1] != "a" else "b")
    for wrong in ("", "x", other, teks[:-1], f"{teks}x", teks.replace(f"_{satu.pk}_", "_999999999_"), f"\0{teks}"):
        assert kunci.find_kunci(wrong, today) is None
    revoke_kunci(by=cast.admin_kabupaten, kunci=satu)
    assert kunci.find_kunci(teks, today) is None


def test_a_key_outlives_a_change_of_the_secret_of_the_portal(
    cast: SimpleNamespace, wilayah: World, settings: SimpleNamespace
) -> None:
    today = timezone.localdate()
    satu, teks = make_kunci(by=cast.admin_kabupaten, wilayah=wilayah[A], nama="Aplikasi", berlaku_sampai=today)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "baru" * 16, [settings.SECRET_KEY]
    assert kunci.find_kunci(teks, today) == satu
    settings.SECRET_KEY_FALLBACKS = []
    assert kunci.find_kunci(teks, today) is None


def test_a_region_lists_its_keys_and_those_below_it(cast: SimpleNamespace, wilayah: World) -> None:
    for kode in ("11.01", A, "11.02"):
        make_kunci(by=cast.admin_pusat, wilayah=wilayah[kode], nama=kode, berlaku_sampai=timezone.localdate())
    assert [satu.nama for satu in kunci.daftar_kunci(wilayah["11.01"])] == [A, "11.01"]
    assert KunciApi.objects.count() == 3


def test_a_token_leads_to_a_number_and_nothing_else_does(wilayah: World) -> None:
    assert kunci.find_token("tidak-ada") is kunci.find_token("t" * 22) is kunci.find_token("\0" * 22) is None


def test_erasing_what_is_personal_leaves_the_words_of_the_moderator(wilayah: World) -> None:
    satu = tayang(wilayah[A1])
    Pengaduan.objects.filter(pk=satu.pk).update(judul="(dihapus)", isi="(dihapus)")
    assert queries.find_permintaan(fresh(satu).nomor)
