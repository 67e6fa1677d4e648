"""Outlines for the maps of the pages."""

from kecamatan.models import Batas, Wilayah


def batas_anak(wilayah: Wilayah) -> dict[int, Batas]:
    """The outlines of the regions directly below, by id of the region; empty where no boundaries were imported."""
    return {satu.wilayah_id: satu for satu in Batas.objects.filter(wilayah__induk=wilayah)}
