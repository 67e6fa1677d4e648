import factory

from kecamatan.models import UnitLayanan


class UnitLayananFactory(factory.django.DjangoModelFactory):
    """A posyandu without a code or a stated working area, at work; the desa must be given."""

    class Meta:
        model = UnitLayanan
        skip_postgeneration_save = True

    jenis = "posyandu"
    nama = factory.Sequence(lambda n: f"Posyandu {n}")

    @factory.post_generation
    def kerja(self, create: bool, desa: object, **_: object) -> None:
        """Stated working area."""
        self.wilayah_kerja.set(desa or [])
