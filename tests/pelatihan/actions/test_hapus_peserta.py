"""What is personal of participants is forgotten in time; counts of reports and certificates stay."""

import datetime
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from kecamatan.models import Orang, Wilayah
from pelatihan.actions.hapus_calon import TERHAPUS
from pelatihan.actions.hapus_peserta import erase_peserta
from pelatihan.actions.rtl import report_rtl
from pelatihan.models import (
    Angkatan,
    BerkasUsulan,
    BuktiRtl,
    Calon,
    Foto,
    JawabanEvaluasi,
    KodePerangkat,
    KodeUndangan,
    LembarEvaluasi,
    LembarHadir,
    PemantauanRtl,
    Peserta,
    Rtl,
    Sertifikat,
    TerbitanSertifikat,
    Usulan,
)
from pelatihan.models.angkatan import SIMPAN_PESERTA
from pelatihan.queries.evaluasi import hasil_evaluasi
from pelatihan.queries.laporan import laporan_angkatan
from pelatihan.queries.papan import papan_kelola
from pelatihan.queries.seleksi import daftar_usulan
from pelatihan.queries.tautan import KUKI, isi_kuki, peserta_of_request, peserta_of_token, token_tautan
from tests.factories import (
    AngkatanFactory,
    CalonFactory,
    KuotaFactory,
    OrangFactory,
    PengerjaanFactory,
    PenggunaFactory,
    PertanyaanEvaluasiFactory,
    PesertaFactory,
    PresensiFactory,
    RtlFactory,
    SesiFactory,
    UndanganFactory,
)
from tests.factories.usulan import PDF
from tests.pelatihan.dunia import A1, KABUPATEN, Dunia, buat_dunia


pytestmark = pytest.mark.django_db
World = dict[str, Wilayah]
HARI = datetime.timedelta(days=1)


@dataclass
class Usai:
    """A cohort that ended on a day, with everything that people leave behind in one."""

    dunia: Dunia
    akhir: datetime.date


@pytest.fixture
def usai(wilayah: World, cast: SimpleNamespace) -> Usai:
    dunia = buat_dunia(wilayah, n=5)
    angkatan, kelas = dunia.angkatan, dunia.kelas
    peserta = Peserta.objects.order_by("pk")
    peserta.filter(pk=dunia.peserta[0].pk).update(status="lulus")
    peserta.filter(pk=dunia.peserta[1].pk).update(status="mundur", alasan="Sakit keras")
    Orang.objects.update(telepon="+6281234567890")
    KuotaFactory(angkatan=angkatan, wilayah=wilayah[KABUPATEN])
    undangan = UndanganFactory(angkatan=angkatan, wilayah=wilayah[KABUPATEN], terkirim=True)
    Usulan.objects.update(nip_pejabat="198503122010012001")
    CalonFactory(usulan=undangan.usulan, status="disetujui", peserta=dunia.peserta[0], surel="siti@uji.test")
    CalonFactory(usulan=undangan.usulan, status="mundur", alasan="Umrah", peserta=dunia.peserta[1])
    KodeUndangan.objects.create(undangan=undangan, berlaku_sampai=timezone.now())
    KodePerangkat.objects.create(peserta=dunia.peserta[0], tanda=b"1", berlaku_sampai=timezone.now())
    PresensiFactory(sesi=SesiFactory(kelas=kelas), peserta=dunia.peserta[0])
    LembarHadir.objects.create(kelas=kelas, hari=timezone.localdate(), created_by=cast.penyedia, **vars(PDF))
    PengerjaanFactory(tes=dunia.tes("pasca"), peserta=dunia.peserta[0], benar=2, skor=67)
    PertanyaanEvaluasiFactory(kode="tempat", sasaran="penyelenggara")
    sheet = LembarEvaluasi.objects.create(angkatan=angkatan, terisi=[satu.pk for satu in dunia.peserta])
    for satu in dunia.peserta:
        sheet.jawaban.create(nilai={"tempat": 3}, baik=f"Bu {satu}", saran="")
    plan = RtlFactory(peserta=dunia.peserta[0], desa=wilayah[A1], status="selesai", masalah="Keluarga Bu Ani")
    told = plan.pemantauan.first()
    PemantauanRtl.objects.filter(pk=told.pk).update(
        keadaan="selesai", uraian="Bu Ani", diisi_pada=timezone.now(), hasil="diterima", catatan="Bu Ani hadir",
        verifikator=cast.admin_kabupaten, diverifikasi_pada=timezone.now(),
    )  # fmt: skip
    BuktiRtl.objects.create(pemantauan=told, **vars(PDF))
    Foto.objects.create(
        angkatan=angkatan, tanggal=timezone.localdate(), keterangan="Pembukaan", isi=b"1", created_by=cast.penyedia
    )
    printed = TerbitanSertifikat.objects.create(
        angkatan=angkatan,
        tempat="Uji",
        tanggal=timezone.localdate(),
        jabatan="Direktur",
        nama="Sri",
        oleh=cast.penyedia,
    )
    Sertifikat.objects.create(
        terbitan=printed, peserta=dunia.peserta[0], urut=1, nomor="001", kode="ABCDEFGHJK0", nama="Siti Aminah"
    )
    akhir = timezone.localdate() - SIMPAN_PESERTA
    Angkatan.objects.filter(pk=angkatan.pk).update(mulai=akhir - 4 * HARI, selesai=akhir)
    return Usai(dunia, akhir)


def left(model: type, **where: object) -> int:
    return model._default_manager.filter(**where).count()  # type: ignore[attr-defined]


def test_until_its_last_day_nothing_is_forgotten(usai: Usai) -> None:
    assert erase_peserta(pada=usai.akhir + SIMPAN_PESERTA) == 0
    Angkatan.objects.update(mulai=None, selesai=None)
    assert erase_peserta(pada=usai.akhir + 10 * SIMPAN_PESERTA) == 0


def test_what_is_personal_is_gone_and_only_that(usai: Usai) -> None:
    pada = usai.akhir + SIMPAN_PESERTA + HARI
    assert erase_peserta(pada=pada) > 0
    assert erase_peserta(pada=pada) == 0
    for model in (BerkasUsulan, KodeUndangan, KodePerangkat, LembarHadir, BuktiRtl, Foto):
        assert left(model) == 0
    assert set(Calon.objects.values_list("nama", "nip", "telepon", "surel")) == {(TERHAPUS, "", "", "")}
    assert set(Calon.objects.values_list("status", "alasan")) == {("disetujui", ""), ("mundur", TERHAPUS)}
    assert set(Usulan.objects.values_list("pejabat", "nip_pejabat")) == {("Sri Rejeki", "")}
    assert set(Peserta.objects.values_list("alasan", flat=True)) == {"", TERHAPUS}
    assert set(JawabanEvaluasi.objects.values_list("baik", "saran")) == {("", "")}
    assert LembarEvaluasi.objects.get().terisi == []
    plan = Rtl.objects.get()
    assert (plan.masalah, plan.penanggung_jawab, plan.status, plan.kegiatan[:15]) == (
        TERHAPUS, TERHAPUS, "selesai", "Jadwal posyandu",
    )  # fmt: skip
    told = PemantauanRtl.objects.exclude(keadaan="").get()
    assert (told.uraian, told.catatan, told.keadaan, told.hasil) == (TERHAPUS, TERHAPUS, "selesai", "diterima")
    paper = Sertifikat.objects.get()
    assert (paper.nama, paper.nomor, paper.kode, paper.is_berlaku) == ("Siti Aminah", "001", "ABCDEFGHJK0", True)


def figures(usai: Usai, cast: SimpleNamespace, wilayah: World) -> list[object]:
    angkatan = usai.dunia.angkatan
    report, sheets = laporan_angkatan(angkatan), hasil_evaluasi(angkatan)
    proposals = daftar_usulan(angkatan)
    (row,) = papan_kelola(cast.admin_kabupaten, wilayah[KABUPATEN], {}, 1).baris
    return [
        report.semua, report.kelompok, report.penyelenggara, report.pelatih, report.rtl,
        [(satu.n, satu.indeks) for satu in sheets], proposals.jumlah, proposals.perempuan, proposals.sisa,
        (row.hadir, row.lulus, row.rtl_jalan, row.rtl, row.angka.tercatat),
    ]  # fmt: skip


def test_no_count_of_a_report_changes(usai: Usai, cast: SimpleNamespace, wilayah: World) -> None:
    before = figures(usai, cast, wilayah)
    assert erase_peserta(pada=usai.akhir + SIMPAN_PESERTA + HARI)
    assert figures(usai, cast, wilayah) == before
    assert before[-1] == (1, 1, 1, 1, 4)


def test_a_newer_cohort_keeps_what_is_its_own(usai: Usai, wilayah: World) -> None:
    other = PesertaFactory(
        angkatan=AngkatanFactory(program__wilayah=wilayah[KABUPATEN]), status="mundur", alasan="Sakit"
    )
    RtlFactory(peserta=other, desa=wilayah[A1])
    erase_peserta(pada=usai.akhir + SIMPAN_PESERTA + HARI)
    other.refresh_from_db()
    assert (other.alasan, other.rtl.get().masalah) == ("Sakit", "Balita jarang ditimbang")


def test_a_telephone_number_stays_where_somebody_else_needs_it(usai: Usai, wilayah: World) -> None:
    gone, account, newer, trainer, _last = usai.dunia.peserta
    PenggunaFactory(orang=account.orang, email="akun@uji.test")
    now = AngkatanFactory(program__wilayah=wilayah[KABUPATEN])
    PesertaFactory(angkatan=now, orang=newer.orang)
    SesiFactory(kelas=usai.dunia.kelas, pelatih=[trainer.orang])
    stranger = OrangFactory(telepon="+6281234567890")
    erase_peserta(pada=usai.akhir + SIMPAN_PESERTA + HARI)
    phones = dict(Orang.objects.values_list("pk", "telepon"))
    assert [bool(phones[satu.orang_id]) for satu in (gone, account, newer, trainer)] == [False, True, True, True]
    assert phones[stranger.pk]
    gone.orang.refresh_from_db()
    assert gone.orang.nama  # who took part stays known


def test_links_and_telephones_of_a_cohort_long_over_open_nothing(usai: Usai, rf: RequestFactory) -> None:
    peserta = usai.dunia.peserta[0]
    request = rf.get("/ikut/")
    request.user = None  # type: ignore[assignment]
    request.COOKIES[KUKI] = isi_kuki(request, peserta)
    token = token_tautan(peserta)
    assert (peserta_of_token(token), peserta_of_request(request)) == (peserta, [peserta])
    Angkatan.objects.filter(pk=usai.dunia.angkatan.pk).update(selesai=usai.akhir - HARI)
    assert (peserta_of_token(token), peserta_of_request(request)) == (None, [])


def test_nothing_new_is_asked_or_told_of_its_plans(usai: Usai) -> None:
    Rtl.objects.update(status="berjalan")
    later = timezone.localdate() + 180 * HARI
    satu = PemantauanRtl.objects.filter(keadaan="").first()
    assert satu
    Angkatan.objects.filter(pk=usai.dunia.angkatan.pk).update(selesai=usai.akhir - HARI)
    with pytest.raises(ValidationError, match="Masa simpan"):
        report_rtl(peserta=usai.dunia.peserta[0], pemantauan=satu, keadaan="berjalan", uraian="Bu Ani")
    assert not PemantauanRtl.objects.due(later).exists()
