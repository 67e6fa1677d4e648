"""Rules of village spending by year, and the parameters of the index, as everybody may read them."""

from layanan_dasar.models import AturanBelanja, ParameterIbdb


def tahun_aturan(kini: int) -> list[int]:
    """Years with a rule of their own, latest first; a rule without an end holds up to `kini`."""
    rows = AturanBelanja.objects.values_list("tahun_dari", "tahun_sampai")
    years = {year for start, end in rows for year in range(start, (end or max(start, kini)) + 1)}
    return sorted(years, reverse=True)


def aturan_tahun(tahun: int) -> list[AturanBelanja]:
    """The rules that hold in a year: those with a percentage first."""
    return sorted(AturanBelanja.objects.at(tahun), key=lambda satu: (satu.persen is None, satu.kode))


def parameter_ibdb() -> list[ParameterIbdb]:
    """Every version, the one in use first."""
    return list(ParameterIbdb.objects.order_by("-aktif", "-versi"))
