import datetime
import secrets

import factory
from django.utils import timezone

from pengaduan.aggregation.survei import rebuild
from pengaduan.models import JawabanSurvei, KartuSkor, KriteriaSkor, Survei
from tests.factories.unit import UnitLayananFactory


class SurveiFactory(factory.django.DjangoModelFactory):
    """A survey that runs, today in the middle of its days; the desa of its unit must be given (`unit__wilayah`).

    `jawaban` is a number of people who answered "baik" (3) to everything; with `tutup` they are counted.
    """

    class Meta:
        model = Survei
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitLayananFactory)
    jenis_layanan = "Rawat jalan"
    periode = "2026-S2"
    dari = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=5))
    sampai = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=5))
    status = "berjalan"
    kunci = factory.Sequence(lambda n: f"SVE1{n:07}")
    garam = factory.LazyAttribute(lambda satu: secrets.token_bytes(32) if satu.status == "berjalan" else None)
    ditutup_pada = factory.LazyAttribute(
        lambda satu: timezone.now() if satu.status in ("ditutup", "terbit") else None
    )  # fmt: skip
    terbit_pada = factory.LazyAttribute(lambda satu: timezone.now() if satu.status == "terbit" else None)

    @factory.post_generation
    def jawaban(self, create: bool, many: int | None, **kwargs: object) -> None:
        for _ in range(many or 0):
            JawabanSurveiFactory(survei=self, **kwargs)
        if self.is_closed:
            rebuild(self)


class JawabanSurveiFactory(factory.django.DjangoModelFactory):
    """Somebody who finds everything good and says nothing of themselves; `nilai` are other values in order."""

    class Meta:
        model = JawabanSurvei

    class Params:
        nilai = (3,) * 9

    persyaratan = factory.LazyAttribute(lambda satu: satu.nilai[0])
    prosedur = factory.LazyAttribute(lambda satu: satu.nilai[1])
    waktu = factory.LazyAttribute(lambda satu: satu.nilai[2])
    biaya = factory.LazyAttribute(lambda satu: satu.nilai[3])
    produk = factory.LazyAttribute(lambda satu: satu.nilai[4])
    kompetensi = factory.LazyAttribute(lambda satu: satu.nilai[5])
    perilaku = factory.LazyAttribute(lambda satu: satu.nilai[6])
    pengaduan = factory.LazyAttribute(lambda satu: satu.nilai[7])
    sarpras = factory.LazyAttribute(lambda satu: satu.nilai[8])


class KartuSkorFactory(factory.django.DjangoModelFactory):
    """The first round of a card about health in a region, which must be given; `skor` fills it."""

    class Meta:
        model = KartuSkor
        skip_postgeneration_save = True

    bidang_id = "KES"
    tanggal = datetime.date(2026, 3, 2)
    fasilitator = "Fasilitator Uji"

    @factory.post_generation
    def skor(self, create: bool, rows: "list[tuple[str, str, int, int]] | None", **kwargs: object) -> None:
        """Criterion, group, number of people and score of each."""
        for nomor, (kriteria, kelompok, n, skor) in enumerate(rows or []):
            KriteriaSkor.objects.create(
                kartu=self, urutan=nomor, kriteria=kriteria, kelompok=kelompok, n_peserta=n, skor=skor
            )
