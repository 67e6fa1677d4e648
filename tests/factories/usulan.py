import datetime

import factory
from django.utils import timezone

from p3pd_portal.lib.dokumen import Dokumen
from pelatihan.models import BerkasUsulan, Calon, Kuota, Undangan, Usulan
from tests.factories.pelatihan import UnsurPesertaFactory


PDF = Dokumen(b"%PDF-1.4 surat %%EOF", "application/pdf", "pdf")


def nip(number: int, *, sex: str = "2", born: str = "19850312") -> str:
    """A NIP of somebody born on a day, a woman unless told otherwise; `number` below 1000 tells people apart."""
    return f"{born}201001{sex}{number:03}"


class KuotaFactory(factory.django.DjangoModelFactory):
    """One place for the Bappeda, with one in reserve; cohort and kabupaten must be given."""

    class Meta:
        model = Kuota

    unsur = factory.SubFactory(UnsurPesertaFactory)
    jumlah = 1
    cadangan = 1


class UndanganFactory(factory.django.DjangoModelFactory):
    """An invitation with its empty proposal; cohort and kabupaten must be given. `terkirim=True` fills the letter in,
    scan and all, and sends it (without people)."""

    class Meta:
        model = Undangan
        skip_postgeneration_save = True

    surel = factory.Sequence(lambda n: f"setda{n}@uji.test")

    @factory.post_generation
    def terkirim(self, create: bool, wanted: bool | None, **kwargs: object) -> None:
        letter = {"nomor_surat": "800/1", "tanggal_surat": datetime.date(2026, 1, 5), "pejabat": "Sri Rejeki"}
        sent = {"status": "terkirim", "dikirim_pada": timezone.now(), **letter} if wanted else {}
        usulan = Usulan.objects.create(undangan=self, **sent)
        if wanted:
            BerkasUsulan.objects.create(usulan=usulan, **vars(PDF))


class CalonFactory(factory.django.DjangoModelFactory):
    """Somebody of the Bappeda with complete data; the proposal must be given, and its state is theirs."""

    class Meta:
        model = Calon

    unsur = factory.SubFactory(UnsurPesertaFactory)
    wilayah = factory.LazyAttribute(lambda satu: satu.usulan.undangan.wilayah)
    nama = factory.Sequence(lambda n: f"Calon {n}")
    nip = factory.Sequence(lambda n: nip(n % 1000))
    jenis_kelamin = factory.LazyAttribute(lambda satu: "L" if satu.nip[14:15] == "1" else "P")
    jabatan = "Analis"
    instansi = "Bappeda"
    telepon = "+6281234567890"
    urutan = factory.Sequence(lambda n: n + 1)
    status = factory.LazyAttribute(lambda satu: "lengkap" if satu.usulan.status == "terkirim" else "diusulkan")
