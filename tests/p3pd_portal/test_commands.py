import re
from decimal import Decimal
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import override_settings

from kecamatan.models import JenisUnit, Pengguna, UnitLayanan, Wilayah
from layanan_dasar.importers.katalog import impor_indikator
from layanan_dasar.models import APBDes, DesaBerubah, GapBidang, IndeksBelanja, KualitasBelanja
from p3pd_portal.contoh import FOLDER, akun_contoh, muat_contoh
from pelatihan.contoh import muat_pelatihan
from pelatihan.importers.acuan import impor_kurikulum
from pelatihan.models import Angkatan, Peserta, Sertifikat
from pelatihan.queries.laporan import dasbor, laporan_angkatan
from pelatihan.queries.seleksi import papan
from pelatihan.queries.terlatih import ringkas_pelatihan
from pengaduan.importers.acuan import impor_pengaduan
from pengaduan.models import Survei
from tests.factories import APBDesFactory, BarisAPBDesFactory, NilaiFactory


pytestmark = pytest.mark.django_db


def run(*args: str, **options: object) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def demo(acuan: None) -> None:
    impor_indikator(settings.BASE_DIR / "fixtures" / "indikator")
    impor_pengaduan(settings.BASE_DIR / "fixtures")
    impor_kurikulum(settings.BASE_DIR / "fixtures" / "pelatihan")
    muat_contoh()


def test_rebuild_by_hand_for_a_year_and_a_kabupaten(wilayah: dict[str, Wilayah], acuan: None) -> None:
    for kode in ("11.01.01.2001", "11.02.01.2001"):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah[kode]))
    assert "1 desa dan 4 wilayah" in run("rebuild", "kualitas_belanja", "--tahun", "2025", "--kabupaten", "1101")
    assert not KualitasBelanja.objects.filter(wilayah__kode="11.02").exists()
    assert "1 desa dan 4 wilayah" in run("rebuild", "kualitas_belanja", "--tahun", "2025")


def test_rebuild_of_every_year_says_how_long_each_took(wilayah: dict[str, Wilayah], acuan: None) -> None:
    for tahun in (2023, 2025):
        BarisAPBDesFactory(apbdes=APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun))
    run("rebuild", "kualitas_belanja", "--tahun", "2023")
    APBDes.objects.filter(tahun=2023).delete()  # what was computed of it goes too
    first, second, last = run("rebuild", "kualitas_belanja", "--semua").splitlines()
    assert re.fullmatch(r"kualitas belanja 2023: 1 desa dan 4 wilayah ditulis dalam \d+\.\d detik", first)
    assert re.fullmatch(r"kualitas belanja 2025: 1 desa dan 4 wilayah ditulis dalam \d+\.\d detik", second)
    assert re.fullmatch(r"2 tahun selesai dalam \d+\.\d detik", last)
    assert set(KualitasBelanja.objects.values_list("tahun", flat=True)) == {2025}


def test_rebuild_of_services_by_hand(wilayah: dict[str, Wilayah]) -> None:
    for periode in ("2024", "2025"):
        NilaiFactory(desa=wilayah["11.01.01.2001"], periode=periode)
    assert "capaian 2025: 5 baris ditulis" in run("rebuild", "capaian", "--tahun", "2025", "--kabupaten", "1101")
    first, second, last = run("rebuild", "capaian", "--semua").splitlines()
    assert (first[:29], second[:29]) == ("capaian 2024: 5 baris ditulis", "capaian 2025: 0 baris ditulis")
    assert last.startswith("2 tahun selesai")


def test_the_demo_has_figures_of_all_five_services_and_their_gaps(demo: None) -> None:
    gaps = GapBidang.objects.filter(wilayah__kode="99.01.01", tahun=2025, gap__isnull=False)
    assert set(gaps.values_list("bidang", flat=True)) == {"PDK", "KES", "SAB", "JSO", "ADM"}
    assert IndeksBelanja.objects.filter(wilayah__kode="99.01", tahun=2025, c3__isnull=False).exists()


def test_rebuild_asks_for_a_year_or_all(wilayah: dict[str, Wilayah]) -> None:
    for years in ([], ["--tahun", "2025", "--semua"]):
        with pytest.raises(CommandError):
            run("rebuild", "kualitas_belanja", *years)


def test_rebuild_of_an_unknown_region_says_so(wilayah: dict[str, Wilayah]) -> None:
    with pytest.raises(CommandError, match=r"Wilayah 77\.01 tidak ada"):
        run("rebuild", "kualitas_belanja", "--tahun", "2025", "--kabupaten", "77.01")


def test_the_demo_shows_detail_summaries_gaps_and_unmapped_lines(demo: None) -> None:
    kabupaten = KualitasBelanja.objects.get(wilayah__kode="99.01", tahun=2026)
    assert (kabupaten.n_desa, kabupaten.n_apbdes, kabupaten.n_rincian) == (15, 14, 13)
    assert kabupaten.porsi_inti is not None
    assert kabupaten.porsi_belum_dipetakan > 0
    assert 0 < kabupaten.n_realisasi < kabupaten.n_belanja
    assert APBDes.objects.filter(jenis="perubahan", berlaku=True, tahun=2025).exists()
    assert not KualitasBelanja.objects.filter(wilayah__kode="0").exists()


def test_the_demo_has_units_of_every_kind_and_a_puskesmas_across_kecamatan(demo: None) -> None:
    assert set(UnitLayanan.objects.values_list("jenis", flat=True)) == set(JenisUnit.values)
    kenanga = Wilayah.objects.get(kode="99.01.02")
    puskesmas = UnitLayanan.objects.filter(jenis="puskesmas").serving(kenanga)
    assert set(puskesmas.values_list("nama", flat=True)) == {"Puskesmas Melati", "Puskesmas Kenanga"}
    assert UnitLayanan.objects.exclude(pk__in=UnitLayanan.objects.in_force()).exists()


def test_every_demo_account_has_a_role_and_a_second_factor(demo: None) -> None:
    accounts = akun_contoh()
    assert len(accounts) == Pengguna.objects.count() == Authenticator.objects.count() == 8
    assert {akun.peran for akun in accounts} >= {"Camat", "Operator Kecamatan", "Admin Kabupaten", "Operator Desa"}
    assert "camat@contoh.test" in run("kode_contoh")


def test_the_demo_shows_a_survey_that_is_published_and_one_that_runs(demo: None) -> None:
    shown, runs = Survei.objects.order_by("periode")
    assert (shown.ringkasan.ikm, shown.ringkasan.mutu_id, shown.ringkasan.sampel.perlu) == (Decimal("91.48"), "A", 132)
    assert (shown.status, runs.status, runs.jawaban.count()) == ("terbit", "berjalan", 29)


def test_the_demo_shows_a_training_that_is_over_from_its_quota_to_its_certificates(demo: None) -> None:
    tot = Angkatan.objects.get(program__jenis="tot")
    board, told = papan([tot])[tot.pk], laporan_angkatan(tot)
    assert (board.kuota, board.diusulkan, board.disetujui, board.cadangan, board.belum) == (10, 11, 10, 1, 0)
    assert (tot.status, told.semua.n, told.semua.lulus, told.semua.rtl) == ("selesai", 10, 9, 10)
    assert (told.semua.tes.n, told.semua.tes.pra, told.semua.tes.pasca) == (10, Decimal(42), Decimal(88))
    assert told.penyelenggara.indeks and told.pelatih.indeks
    assert (told.rtl.selesai, told.rtl.terverifikasi, told.biaya.per_peserta) == (1, 1, 2_195_000)
    assert {satu.jp for satu in Sertifikat.objects.all()} == {40}
    assert all("(contoh)" in satu.nama for satu in Sertifikat.objects.all())


def test_the_demo_shows_a_class_that_runs_and_nothing_of_it_counts_for_the_nation(demo: None) -> None:
    runs = Angkatan.objects.get(program__jenis="aparatur")
    assert (runs.status, runs.induk.program.jenis, runs.peserta.count()) == ("berlangsung", "tot", 12)
    assert runs.peserta.filter(orang__pengguna__email="camat@contoh.test").exists()
    assert runs.tes.get(jenis="pra").pengerjaan.count() == 11
    kabupaten = Wilayah.objects.get(kode="99.01")
    assert (ringkas_pelatihan(kabupaten).pelatih, len(dasbor(kabupaten).angkatan)) == (9, 2)
    nasional = Wilayah.objects.get(kode="0")
    assert (ringkas_pelatihan(nasional).pelatih, dasbor(nasional).angkatan) == (0, [])


def test_the_training_of_the_demo_is_loaded_once(demo: None) -> None:
    muat_pelatihan(FOLDER / "pelatihan.yaml", by=Pengguna.objects.get(email="kabupaten@contoh.test"))
    assert (Angkatan.objects.count(), Peserta.objects.count(), Sertifikat.objects.count()) == (2, 22, 9)


def test_without_a_demo_no_codes_are_printed() -> None:
    assert "Tidak ada akun contoh" in run("kode_contoh")


def test_the_demo_is_refused_on_a_production_server(acuan: None) -> None:
    with override_settings(HTTPS=True), pytest.raises(ImproperlyConfigured, match="tidak dipasang"):
        muat_contoh()
    assert not Pengguna.objects.exists()


def test_preparing_a_prepared_database_changes_nothing(wilayah: dict[str, Wilayah], demo: None) -> None:
    """The world's desa stand for the national list, which siapkan therefore does not load again."""
    counted = (Wilayah, Pengguna, APBDes, Peserta, Sertifikat)
    before = [model.objects.count() for model in counted]
    with override_settings(LOAD_DEMO=True):
        text = run("siapkan")
    assert "kabupaten contoh" not in text
    assert [model.objects.count() for model in counted] == before


def test_preparing_an_empty_database_loads_what_is_missing(wilayah: dict[str, Wilayah]) -> None:
    with override_settings(LOAD_DEMO=True):
        text = run("siapkan")
    assert "data acuan" in text
    assert "kabupaten contoh" in text
    assert KualitasBelanja.objects.filter(wilayah__kode="99.01").exists()


def test_without_permission_no_demo_is_loaded(wilayah: dict[str, Wilayah]) -> None:
    with override_settings(LOAD_DEMO=False):
        run("siapkan")
    assert not Pengguna.objects.exists()


def test_reference_data_come_by_command(acuan: None) -> None:
    laporan = run("impor", "acuan")
    assert "159 kegiatan, 21 aturan belanja, 1 parameter IBDB, 123 indikator" in laporan
    assert "15 dataset, 30 aturan isian" in laporan
    assert "10 kategori pengaduan, 8 batas waktu" in laporan


def test_new_rules_and_mappings_are_applied_the_next_night(wilayah: dict[str, Wilayah]) -> None:
    for tahun in (2015, 2025):
        APBDesFactory(desa=wilayah["11.01.01.2001"], tahun=tahun)
    assert "2 APBDes menunggu hitungan malam" in run("impor", "acuan")
    assert set(DesaBerubah.objects.values_list("tahun", flat=True)) == {2015, 2025}


def test_the_first_account_of_a_server_is_made_by_command(
    wilayah: dict[str, Wilayah], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "rahasia-panjang-sekali")
    assert "siap dipakai" in run("buat_admin", "--surel", "Admin@uji.test", "--nama", "Admin Uji")
    admin = Pengguna.objects.get(email="admin@uji.test")
    assert admin.is_superuser
    assert admin.check_password("rahasia-panjang-sekali")
    assert [(p.peran, p.wilayah.kode) for p in admin.penugasan_berlaku] == [("admin_pusat", "0")]


@pytest.mark.parametrize(
    ("password", "surel", "message"),
    [("pendek", "baru@uji.test", "12"), ("rahasia-panjang-sekali", "camat_a@uji.test", "sudah ada")],
)
def test_a_weak_password_or_a_second_account_is_refused(
    password: str, surel: str, message: str, cast: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: password)
    before = Pengguna.objects.count()
    with pytest.raises(CommandError, match=message):
        run("buat_admin", "--surel", surel, "--nama", "Siapa")
    assert Pengguna.objects.count() == before


def test_a_nip_with_a_wrong_digit_is_refused(wilayah: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "rahasia-panjang-sekali")
    for nip, refused in (("198003122005013991", True), ("198003122005011991", False)):
        arguments = ("buat_admin", "--surel", "a@uji.test", "--nama", "A", "--nip", nip)
        if refused:
            with pytest.raises(CommandError, match="Angka ke-15 NIP"):
                run(*arguments)
        else:
            assert "siap dipakai" in run(*arguments)


def test_no_account_is_made_before_the_regions_are_there() -> None:
    with pytest.raises(CommandError, match="siapkan"):
        run("buat_admin", "--surel", "a@uji.test", "--nama", "A")
