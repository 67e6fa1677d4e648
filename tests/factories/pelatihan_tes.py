import datetime
from typing import Any

import factory
from django.utils import timezone

from pelatihan.models import Butir, PemantauanRtl, Pengerjaan, PertanyaanEvaluasi, Pilihan, Rtl, Tes
from pelatihan.models.rtl import TONGGAK


class ButirFactory(factory.django.DjangoModelFactory):
    """A question with three choices, the first of which is right; the programme must be given."""

    class Meta:
        model = Butir
        skip_postgeneration_save = True

    teks = factory.Sequence(lambda n: f"Pertanyaan {n}?")

    @factory.post_generation
    def pilihan(self, create: bool, texts: list[str] | None, **kwargs: object) -> None:
        for n, teks in enumerate(texts or ["benar", "keliru", "salah"]):
            Pilihan.objects.create(butir=self, teks=teks, benar=n == 0)


class TesFactory(factory.django.DjangoModelFactory):
    """A test that has been open for an hour and stays so for one; the cohort must be given, and `butir` are its
    questions, each with the weight of 1 unless `bobot` says otherwise."""

    class Meta:
        model = Tes
        skip_postgeneration_save = True

    jenis = "pra"
    buka = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(hours=1))
    tutup = factory.LazyAttribute(lambda satu: satu.buka + datetime.timedelta(hours=2))

    @factory.post_generation
    def butir(self, create: bool, asked: list[Butir] | None, bobot: list[int] | None = None, **kwargs: object) -> None:
        for n, satu in enumerate(asked or []):
            self.butir.create(butir=satu, urutan=n + 1, bobot=(bobot or [])[n] if bobot else 1)


class PengerjaanFactory(factory.django.DjangoModelFactory):
    """A go at a test that was begun ten minutes ago; test and participant must be given. `benar` is how many of its
    questions, in order, are answered rightly, the others wrongly; with `skor` it was handed in."""

    class Meta:
        model = Pengerjaan
        skip_postgeneration_save = True

    mulai = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(minutes=10))
    kirim = factory.LazyAttribute(lambda satu: timezone.now() if getattr(satu, "skor", None) is not None else None)

    @factory.post_generation
    def benar(self, create: bool, right: int | None, **kwargs: object) -> None:
        for n, satu in enumerate(self.tes.butir.all() if right is not None else []):
            pilihan = satu.butir.pilihan.filter(benar=n < (right or 0)).first()
            self.jawaban.create(butir=satu.butir, pilihan=pilihan)


class RtlFactory(factory.django.DjangoModelFactory):
    """A plan of last month with its four follow-ups, the first due today; participant and desa must be given."""

    class Meta:
        model = Rtl
        skip_postgeneration_save = True

    masalah = "Balita jarang ditimbang"
    kode_indikator = "KES-01"
    kegiatan = factory.Sequence(lambda n: f"Jadwal posyandu {n}")
    target = "20 dari 25 balita ditimbang"
    tenggat = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=60))
    penanggung_jawab = "Kasi Kesra"

    @factory.post_generation
    def pemantauan(self, create: bool, first: datetime.date | None, **kwargs: Any) -> None:
        since = (first or timezone.localdate()) - datetime.timedelta(days=TONGGAK[0])
        PemantauanRtl.objects.bulk_create(
            PemantauanRtl(rtl=self, tonggak=hari, jatuh_tempo=since + datetime.timedelta(days=hari)) for hari in TONGGAK
        )


class PertanyaanEvaluasiFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PertanyaanEvaluasi

    kode = factory.Sequence(lambda n: f"tanya-{n}")
    sasaran = "pelatih"
    urutan = factory.Sequence(lambda n: n)
    teks = factory.Sequence(lambda n: f"Pernyataan {n}.")
    sumber = "Acuan uji"
