import datetime

import factory

from layanan_dasar.models import BerkasEvaluasi, ButirEvaluasi, DelegasiEvaluasi, DokumenEvaluasi, EvaluasiAPBDes
from layanan_dasar.models.berkas_evaluasi import BILA_ADA
from tests.factories.belanja import APBDesFactory


TERIMA, LENGKAP = datetime.date(2025, 11, 3), datetime.date(2025, 11, 5)
INGATKAN, TENGGAT = datetime.date(2025, 11, 26), datetime.date(2025, 12, 3)
"""Twenty working days after LENGKAP, and five before; no days off but weekends."""
PUTUSAN, TENGGAT_PERBAIKAN = datetime.date(2025, 11, 20), datetime.date(2025, 12, 18)


class RancanganFactory(APBDesFactory):
    """A draft of 2026, without lines; the desa must be given."""

    tahun = 2026
    status = "rancangan"
    berlaku = False


class EvaluasiFactory(factory.django.DjangoModelFactory):
    """A draft taken in on 3 November 2025, without documents; the desa (apbdes__desa) must be given.

    `lengkap` has all documents and a running clock, `dinilai` is found in line, `perbaikan` is not.
    """

    class Meta:
        model = EvaluasiAPBDes
        skip_postgeneration_save = True

    class Params:
        jam = factory.Trait(tgl_terima_lengkap=LENGKAP, tenggat=TENGGAT, tgl_ingatkan=INGATKAN)
        lengkap = factory.Trait(jam=True, status="lengkap")
        dinilai = factory.Trait(
            jam=True, status="dinilai", hasil="sesuai", nomor_keputusan="188/7/2025", tgl_keputusan=PUTUSAN
        )
        perbaikan = factory.Trait(
            dinilai=True, status="perbaikan", hasil="tidak_sesuai", tenggat_perbaikan=TENGGAT_PERBAIKAN
        )

    apbdes = factory.SubFactory(RancanganFactory)
    tgl_terima = TERIMA

    @factory.post_generation
    def dokumen(self, create: bool, wanted: bool | None, **_: object) -> None:
        """All documents that every draft must have, the RKPDesa with its scan."""
        for jenis in DokumenEvaluasi.Jenis if wanted else ():
            if jenis not in BILA_ADA:
                DokumenEvaluasi.objects.create(evaluasi=self, jenis=jenis)
        for dokumen in self.dokumen.filter(jenis="rkpdes") if wanted else ():
            isi = {"tipe": "application/pdf", "akhiran": "pdf", "isi": b"%PDF-1.7 uji %%EOF"}
            BerkasEvaluasi.objects.create(dokumen=dokumen, **isi)

    @factory.post_generation
    def butir(self, create: bool, wanted: bool | None, **_: object) -> None:
        """Every question answered with "sesuai"."""
        for kode in ButirEvaluasi.Kode if wanted else ():
            ButirEvaluasi.objects.create(evaluasi=self, kode=kode, nilai="patuh")


class DelegasiFactory(factory.django.DjangoModelFactory):
    """A regulation in force since 2024, without an end; the kabupaten must be given."""

    class Meta:
        model = DelegasiEvaluasi

    nomor_peraturan = "Peraturan Bupati Satu Nomor 12 Tahun 2024"
    berlaku_dari = datetime.date(2024, 1, 1)
