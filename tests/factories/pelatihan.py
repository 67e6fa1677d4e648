import datetime

import factory
from django.utils import timezone

from pelatihan.models import Angkatan, Kelas, Modul, Peserta, Presensi, Program, Sesi, UnsurPeserta
from tests.factories.orang import OrangFactory


class ProgramFactory(factory.django.DjangoModelFactory):
    """A ToT; the region that organises it must be given."""

    class Meta:
        model = Program

    nama = factory.Sequence(lambda n: f"Program {n}")
    jenis = "tot"


class AngkatanFactory(factory.django.DjangoModelFactory):
    """A cohort in planning, a week from now; the region that organises it must be given (`program__wilayah`), and is
    whom it trains unless `cakupan` says otherwise."""

    class Meta:
        model = Angkatan
        skip_postgeneration_save = True

    program = factory.SubFactory(ProgramFactory)
    nama = factory.Sequence(lambda n: f"Angkatan {n}")
    mulai = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=7))
    selesai = factory.LazyAttribute(lambda satu: satu.mulai + datetime.timedelta(days=4) if satu.mulai else None)
    batas_usulan = factory.LazyAttribute(lambda satu: satu.mulai - datetime.timedelta(days=3) if satu.mulai else None)

    @factory.post_generation
    def cakupan(self, create: bool, regions: list[object] | None, **kwargs: object) -> None:
        self.cakupan.set([self.program.wilayah] if regions is None else regions)


class KelasFactory(factory.django.DjangoModelFactory):
    """A class where its cohort is organised; the cohort must be given."""

    class Meta:
        model = Kelas

    nama = factory.Sequence(lambda n: f"Kelas {n}")
    wilayah = factory.LazyAttribute(lambda satu: satu.angkatan.program.wilayah)


class ModulFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Modul

    kode = factory.Sequence(lambda n: f"modul-{n}")
    jenis = "tot"
    urutan = factory.Sequence(lambda n: 100 + n)
    judul = factory.Sequence(lambda n: f"Modul {n}")
    jp = 4
    sumber = "Kurikulum uji"


class SesiFactory(factory.django.DjangoModelFactory):
    """Four lesson hours of a class that began half an hour ago; the class must be given."""

    class Meta:
        model = Sesi
        skip_postgeneration_save = True

    judul = factory.Sequence(lambda n: f"Sesi {n}")
    mulai = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(minutes=30))
    selesai = factory.LazyAttribute(lambda satu: satu.mulai + datetime.timedelta(hours=3))
    jp = 4

    @factory.post_generation
    def pelatih(self, create: bool, people: list[object] | None, **kwargs: object) -> None:
        self.pelatih.set(people or [])


class UnsurPesertaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UnsurPeserta
        django_get_or_create = ("kode",)

    kode = "bappeda"
    jenis = "tot"
    urutan = 1
    nama = "Bappeda"
    sumber = "Acuan uji"


class PesertaFactory(factory.django.DjangoModelFactory):
    """Somebody of the Bappeda, where the cohort is organised; the cohort must be given."""

    class Meta:
        model = Peserta

    orang = factory.SubFactory(OrangFactory)
    unsur = factory.SubFactory(UnsurPesertaFactory)
    wilayah = factory.LazyAttribute(lambda satu: satu.angkatan.program.wilayah)


class PresensiFactory(factory.django.DjangoModelFactory):
    """There, by the code on the screen; session and participant must be given."""

    class Meta:
        model = Presensi

    status = "hadir"
    cara = "qr"
