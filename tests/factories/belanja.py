import factory

from layanan_dasar.models import APBDes, BarisAPBDes, PemetaanKegiatan


class APBDesFactory(factory.django.DjangoModelFactory):
    """A complete budget of 2025 in force, without lines; the desa must be given."""

    class Meta:
        model = APBDes

    tahun = 2025
    jenis = "awal"
    berlaku = True
    cakupan_belanja = "kegiatan"
    cakupan_pendapatan = "lengkap"


class BarisAPBDesFactory(factory.django.DjangoModelFactory):
    """A line of one million rupiah for posyandu, realisation not reported."""

    class Meta:
        model = BarisAPBDes

    apbdes = factory.SubFactory(APBDesFactory)
    kode_kegiatan = "02.02.02"
    kode_rekening = "5.2.1.01"
    sumber_dana = "DDS"
    anggaran = 1_000_000


class PemetaanKegiatanFactory(factory.django.DjangoModelFactory):
    """A kabupaten's approved mapping of 02.02.90 for all years, to no basic service; the kabupaten must be given."""

    class Meta:
        model = PemetaanKegiatan

    kode_kegiatan = "02.02.90"
    nama = "Kegiatan daerah"
    status = "kabupaten"
