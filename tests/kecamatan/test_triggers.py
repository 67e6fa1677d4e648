"""The history as PostgreSQL writes it, and that nobody can talk it out of that."""

import datetime
import re

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from kecamatan.models import BerkasImpor, Bidang, CatatanAkses, CatatanAudit, Orang, Pengguna, Wilayah
from kecamatan.triggers import TABEL, Catat, HanyaTambah, is_contact
from tests.factories import BerkasImporFactory, OrangFactory, PenggunaFactory, PenugasanFactory


pytestmark = pytest.mark.django_db
TRACKED = {
    "kecamatan.anggotatim",
    "kecamatan.aturandaerah",
    "kecamatan.berkasimpor",
    "kecamatan.bidang",
    "kecamatan.harilibur",
    "kecamatan.kopsurat",
    "kecamatan.orang",
    "kecamatan.penggabunganorang",
    "kecamatan.pengguna",
    "kecamatan.penugasan",
    "kecamatan.penugasandesa",
    "kecamatan.preferensinotifikasi",
    "kecamatan.riwayatwilayah",
    "kecamatan.timpengelola",
    "kecamatan.unitlayanan",
    "kecamatan.wilayah",
    "kecamatan.wilayahkerja",
    "layanan_dasar.aturanbelanja",
    "layanan_dasar.aturanisian",
    "layanan_dasar.butirevaluasi",
    "layanan_dasar.catatanevaluasi",
    "layanan_dasar.dataset",
    "layanan_dasar.delegasievaluasi",
    "layanan_dasar.dokumenevaluasi",
    "layanan_dasar.evaluasiapbdes",
    "layanan_dasar.indikator",
    "layanan_dasar.isian",
    "layanan_dasar.kegiatan",
    "layanan_dasar.nilaiisian",
    "layanan_dasar.parameteribdb",
    "layanan_dasar.pemetaankegiatan",
    "layanan_dasar.pengecualiankunci",
    "layanan_dasar.petadesasiskeudes",
    "layanan_dasar.petakolom",
    "layanan_dasar.petakolomlaporan",
    "layanan_dasar.rekening",
    "layanan_dasar.sumberdana",
    "layanan_dasar.terbitanibdb",
    "pelatihan.angkatan",
    "pelatihan.angkaterbit",
    "pelatihan.berkasusulan",
    "pelatihan.biaya",
    "pelatihan.butir",
    "pelatihan.butirtes",
    "pelatihan.calon",
    "pelatihan.foto",
    "pelatihan.kelas",
    "pelatihan.kuota",
    "pelatihan.lembarhadir",
    "pelatihan.modul",
    "pelatihan.pemantauanrtl",
    "pelatihan.pengerjaan",
    "pelatihan.pertanyaanevaluasi",
    "pelatihan.peserta",
    "pelatihan.pilihan",
    "pelatihan.presensi",
    "pelatihan.program",
    "pelatihan.rtl",
    "pelatihan.sertifikat",
    "pelatihan.sesi",
    "pelatihan.terbitansertifikat",
    "pelatihan.tes",
    "pelatihan.undangan",
    "pelatihan.unsurpeserta",
    "pelatihan.usulan",
    "pengaduan.bataswaktu",
    "pengaduan.jawabanbaku",
    "pengaduan.jawabansurvei",
    "pengaduan.jedapengaduan",
    "pengaduan.jenislayanan",
    "pengaduan.kartuskor",
    "pengaduan.kategoripengaduan",
    "pengaduan.kriteriaskor",
    "pengaduan.mutuskm",
    "pengaduan.kunciapi",
    "pengaduan.pengaduan",
    "pengaduan.rencanaaksiskor",
    "pengaduan.survei",
    "pengaduan.unsurskm",
}


def execute(sql: str, params: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def last(model: str) -> CatatanAudit:
    return CatatanAudit.objects.filter(model=model)[0]


def triggers() -> list[tuple[type[models.Model], Catat]]:
    return [(model, trigger) for model, trigger in pgtrigger.registered() if isinstance(trigger, Catat)]


# Nobody changes the history


@pytest.fixture
def entries(wilayah: dict[str, Wilayah]) -> None:
    akun = PenggunaFactory()
    CatatanAkses.objects.create(model="kecamatan.orang", objek="1", pelaku=akun, alasan="uji")


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("model", [CatatanAudit, CatatanAkses])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET objek = 'lain'",
        "UPDATE {table} SET objek = 'lain' WHERE false",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "TRUNCATE {table} RESTART IDENTITY CASCADE",
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET objek = 'lain'",
    ],
)
@pytest.mark.parametrize(
    "door",
    [
        "SELECT 1",
        "SET LOCAL session_replication_role = replica",
        "SELECT set_config('pgtrigger.ignore', '{{{pgid}}}', true)",
    ],
)
def test_the_history_refuses_every_change(model: type[models.Model], statement: str, door: str) -> None:
    """Asked by the owner of the tables, also with what usually switches triggers off."""
    execute(door.format(pgid=HanyaTambah().get_pgid(model)))
    with pytest.raises(IntegrityError, match="tidak dapat diubah atau dihapus"), transaction.atomic():
        execute(statement.format(table=model._meta.db_table))
    assert model._default_manager.count() > 0


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("model", [CatatanAudit, CatatanAkses])
def test_django_cannot_change_it_either(model: type[models.Model]) -> None:
    entry = model._default_manager.first()
    for change in (entry.save, entry.delete, model._default_manager.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("door", ["session_replication_role = replica", "pgtrigger.ignore = '{{{pgid}}}'"])
def test_no_session_can_switch_the_recording_off(door: str) -> None:
    execute(f"SET LOCAL {door.format(pgid=Catat().get_pgid(Orang))}")
    orang = OrangFactory()
    assert last("kecamatan.orang").objek == str(orang.pk)


def test_every_trigger_in_the_database_is_on_always() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgenabled FROM pg_trigger WHERE tgname LIKE 'pgtrigger%%'")
        found = dict(cursor.fetchall())
    wanted = {trigger.get_pgid(model) for model, trigger in pgtrigger.registered()}
    assert found == dict.fromkeys(wanted, "A")


def test_the_database_holds_the_triggers_that_the_models_ask_for() -> None:
    status = {str(trigger.get_installation_status(model)[0]) for model, trigger in pgtrigger.registered()}
    assert status == {"INSTALLED"}


def test_the_functions_ask_for_no_exception() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE 'pgtrigger%%'")
        sources = [source for (source,) in cursor.fetchall()]
    assert len(sources) == len(list(pgtrigger.registered()))
    assert [source for source in sources if "ignore" in source] == []


@pytest.mark.django_db(transaction=True)
def test_the_flush_of_the_tests_leaves_the_guard_standing() -> None:
    """After a real commit and a flush, as between transactional tests, the tables are empty and guarded again."""
    OrangFactory()
    call_command("flush", interactive=False, verbosity=0)
    assert not CatatanAudit.objects.exists()
    OrangFactory()
    with pytest.raises(IntegrityError):
        execute(f"TRUNCATE {TABEL}")


# What is recorded


def test_what_people_change_is_recorded() -> None:
    assert {model._meta.label_lower for model, _ in triggers()} == TRACKED


def test_an_addition_a_change_and_a_removal_are_recorded() -> None:
    orang = OrangFactory(nama="Siti", nip="198003122005011991")
    pk = str(orang.pk)
    orang.nama = "Siti Aminah"
    orang.save()
    orang.delete()
    got = [
        (satu.jenis, satu.objek, {kolom: pair for kolom, pair in satu.perubahan.items() if kolom in ("nama", "nip")})
        for satu in CatatanAudit.objects.order_by("id")
    ]
    assert got == [
        ("INSERT", pk, {"nama": [None, "Siti"], "nip": [None, "198003122005011991"]}),
        ("UPDATE", pk, {"nama": ["Siti", "Siti Aminah"]}),
        ("DELETE", pk, {"nama": ["Siti Aminah", None], "nip": ["198003122005011991", None]}),
    ]


def test_sql_by_hand_and_bulk_are_recorded_too() -> None:
    Orang.objects.bulk_create([Orang(nama="A"), Orang(nama="B")])
    execute("UPDATE kecamatan_orang SET nama = nama || '!'")
    assert [satu.perubahan["nama"] for satu in CatatanAudit.objects.order_by("id")] == [
        [None, "A"], [None, "B"], ["A", "A!"], ["B", "B!"],
    ]  # fmt: skip


def test_a_save_that_changes_nothing_leaves_no_entry() -> None:
    orang = OrangFactory()
    before = CatatanAudit.objects.count()
    orang.save()
    Orang.objects.bulk_create([orang], update_conflicts=True, unique_fields=["id"], update_fields=["nama"])
    assert CatatanAudit.objects.count() == before


def test_what_is_rolled_back_leaves_no_entry() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        OrangFactory()
        raise RuntimeError
    assert not CatatanAudit.objects.exists()


def test_a_value_that_becomes_unknown_is_a_change() -> None:
    orang = OrangFactory(nip="198003122005011991")
    Orang.objects.update(nip=None)
    assert last("kecamatan.orang").perubahan == {"nip": ["198003122005011991", None]}
    assert last("kecamatan.orang").objek == str(orang.pk)


# What stays out


def test_an_address_and_a_password_are_changed_without_being_told() -> None:
    akun = PenggunaFactory(email="lama@uji.test")
    akun.email = "baru@uji.test"
    akun.set_password("kata-sandi-baru-sekali")
    akun.save()
    assert last("kecamatan.pengguna").perubahan == {"email": None, "password": None}
    akun.delete()
    everything = str(list(CatatanAudit.objects.values()))
    assert "uji.test" not in everything
    assert "md5$" not in everything


def test_a_login_is_no_change_of_the_account() -> None:
    akun = PenggunaFactory()
    before = CatatanAudit.objects.count()
    Pengguna.objects.filter(pk=akun.pk).update(last_login="2026-01-01T00:00Z")
    assert CatatanAudit.objects.count() == before


def test_a_file_is_recorded_without_its_content(wilayah: dict[str, Wilayah]) -> None:
    berkas = BerkasImporFactory(wilayah=wilayah["11.01.01"], isi=b"rahasia", ringkasan={"apbdes": ["panjang"]})
    entry = last("kecamatan.berkasimpor")
    assert entry.objek == str(berkas.pk)
    assert entry.perubahan["nama_berkas"] == [None, "apbdes.csv"]
    assert not {"isi", "ringkasan"} & set(entry.perubahan)
    before = CatatanAudit.objects.count()
    BerkasImpor.objects.update(isi=b"lain", ringkasan={})
    assert CatatanAudit.objects.count() == before


@pytest.mark.parametrize(
    "name", ["email", "surel", "surel_dinas", "telepon", "ponsel", "no_hp", "nomor_wa", "password"]
)
def test_a_field_with_such_a_name_counts_as_contact(name: str) -> None:
    field = models.CharField()
    field.set_attributes_from_name(name)
    assert is_contact(field)


@pytest.mark.parametrize("name", ["nama", "nip", "hpp", "wajib", "surat"])
def test_other_names_do_not(name: str) -> None:
    field = models.CharField()
    field.set_attributes_from_name(name)
    assert not is_contact(field)


@pytest.mark.parametrize(("model", "trigger"), triggers(), ids=lambda part: getattr(part, "__name__", ""))
def test_no_contact_field_passes_with_its_value(model: type[models.Model], trigger: Catat) -> None:
    """Read from the SQL itself, so that a change of the rule above cannot hide it."""
    shown = re.findall(r"'(\w+)', OLD", trigger.get_func(model))
    assert shown
    contact = re.compile(r"mail|surel|telepon|ponsel|kontak|password|sandi|(^|_)(hp|wa|nik)(_|$)")
    assert [name for name in shown if contact.search(name)] == []


# Regions and people of an entry


def test_work_belongs_to_its_region_and_person(wilayah: dict[str, Wilayah]) -> None:
    penugasan = PenugasanFactory(wilayah=wilayah["11.01.01"])
    entry = last("kecamatan.penugasan")
    assert (entry.wilayah, entry.orang) == (wilayah["11.01.01"], penugasan.pengguna.orang)
    penugasan.delete()
    assert last("kecamatan.penugasan").jenis == "DELETE"
    assert last("kecamatan.penugasan").orang == penugasan.pengguna.orang


def test_a_person_and_an_account_belong_to_the_person() -> None:
    akun = PenggunaFactory()
    for model in ("kecamatan.orang", "kecamatan.pengguna"):
        assert (last(model).wilayah, last(model).orang) == (None, akun.orang)


def test_reference_data_belong_to_nobody(acuan: None) -> None:
    Bidang.objects.filter(kode="KES").update(keterangan="baru")
    entry = last("kecamatan.bidang")
    assert (entry.objek, entry.wilayah, entry.orang) == ("KES", None, None)


def test_a_way_to_the_region_may_lead_over_several_tables() -> None:
    model = apps.get_model("layanan_dasar", "barisapbdes")
    sql = Catat(wilayah="apbdes__desa").get_func(model)
    assert '(SELECT "desa_id" FROM "layanan_dasar_apbdes" WHERE "id" = baris."apbdes_id")' in sql


def test_the_triggers_write_to_the_table_of_the_model() -> None:
    assert CatatanAudit._meta.db_table == TABEL


# Regions


def test_a_region_is_recorded_when_it_is_renamed_moved_or_closed(wilayah: dict[str, Wilayah]) -> None:
    desa = wilayah["11.01.01.2001"]
    Wilayah.objects.filter(pk=desa.pk).update(nama="Baru", berlaku_sampai=datetime.date(2026, 1, 1))
    entry = last("kecamatan.wilayah")
    assert entry.perubahan == {"nama": ["A1", "Baru"], "berlaku_sampai": [None, "2026-01-01"]}
    assert entry.wilayah == desa


def test_the_region_list_and_its_counts_are_not(wilayah: dict[str, Wilayah]) -> None:
    """91,599 rows come from the importer at once; the list itself is their history."""
    Wilayah.objects.update(jalur="x", jumlah_desa=7)
    assert not CatatanAudit.objects.filter(model="kecamatan.wilayah").exists()
