from kecamatan.models import AnggotaTim, BerkasSK, Orang, TimPengelola, Wilayah


def tim_lengkap(wilayah: Wilayah) -> TimPengelola:
    """The team of a kecamatan with a scanned decision and one member; the same one when asked again."""
    tim, _ = TimPengelola.objects.get_or_create(
        wilayah=wilayah, defaults={"nomor_sk": "188/12/2026", "tanggal_sk": "2026-02-02"}
    )
    BerkasSK.objects.get_or_create(tim=tim, defaults={"tipe": "application/pdf", "akhiran": "pdf", "isi": b"%PDF-1.7"})
    if not tim.anggota.exists():
        AnggotaTim.objects.create(tim=tim, orang=Orang.objects.create(nama="Rahmat"), kedudukan="ketua")
    return tim
