"""Days off: those of fixtures/hari_libur.yaml, and proposals for years whose decree has not come yet."""

from importlib.metadata import version
from pathlib import Path

from holidays import GOVERNMENT, PUBLIC, country_holidays

from kecamatan.models import HariLibur
from p3pd_portal.lib.berkas_yaml import read_yaml


SUMBER_USULAN = f"usulan pustaka holidays {version('holidays')}"
_JENIS = {PUBLIC: HariLibur.Jenis.NASIONAL, GOVERNMENT: HariLibur.Jenis.CUTI_BERSAMA}


def impor_hari_libur(file: Path) -> int:
    """Add the days of each decree in the file and return how many it lists. A day that is known already stays as
    people left it, except that a proposal gives way to the decree.
    """
    days = [
        HariLibur(tanggal=tanggal, nama=nama, jenis=jenis, sumber=skb["sumber"])
        for skb in read_yaml(file)
        for jenis in (HariLibur.Jenis.NASIONAL, HariLibur.Jenis.CUTI_BERSAMA)
        for tanggal, nama in skb.get(jenis.value, {}).items()
    ]
    dates = [day.tanggal for day in days]
    HariLibur.objects.filter(wilayah=None, usulan=True, tanggal__in=dates).delete()
    HariLibur.objects.bulk_create(days, ignore_conflicts=True)
    return len(days)


def usulan_tahun(tahun: int) -> list[HariLibur]:
    """Unsaved proposals for a year from the `holidays` library: computed feasts, and the cuti bersama that it knows.

    Dates by the moon are estimates of the library; nothing of this is official.
    """
    return [
        HariLibur(
            tanggal=tanggal,
            nama=nama.removeprefix("Cuti Bersama ")[:120],
            jenis=jenis,
            sumber=SUMBER_USULAN,
            usulan=True,
        )
        for kategori, jenis in _JENIS.items()
        for tanggal, nama in country_holidays("ID", years=tahun, language="id", categories=(kategori,)).items()
    ]
