import factory

from kecamatan.models import BerkasImpor


class BerkasImporFactory(factory.django.DjangoModelFactory):
    """A file that waits for confirmation; region and uploader must be given."""

    class Meta:
        model = BerkasImpor

    jenis = "apbdes"
    nama_berkas = "apbdes.csv"
    sidik = "0" * 64
    isi = b"kode_desa\n"
