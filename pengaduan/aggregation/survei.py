"""What a survey found: sums by the database, the index by the formula, in one pass over its answers."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When

from p3pd_portal.lib.skm import ikm, kelas
from pengaduan.models import JawabanSurvei, MutuSKM, RingkasanProfil, RingkasanSurvei, RingkasanUnsur, Survei
from pengaduan.models.jawaban_survei import UNSUR


Cara, Dimensi = JawabanSurvei.Cara, RingkasanProfil.Dimensi


@transaction.atomic
def rebuild(survei: Survei) -> RingkasanSurvei:
    """Count the answers of a survey again; the same answers give the same rows."""
    all_of_it = JawabanSurvei.objects.filter(survei=survei)
    counted = all_of_it.counted()
    found = counted.aggregate(
        n=Count("pk"),
        n_kertas=Count("pk", filter=Q(cara=Cara.KERTAS)),
        n_pengaduan=Count("pk", filter=Q(cara=Cara.PENGADUAN)),
        **{f"jumlah_{kode}": Sum(kode, default=0) for kode in UNSUR},
        **{f"terisi_{kode}": Count(kode) for kode in UNSUR},
    )
    sums = {kode: (found[f"jumlah_{kode}"], found[f"terisi_{kode}"]) for kode in UNSUR}
    index = ikm(list(sums.values()), found["n"])
    RingkasanSurvei.objects.filter(survei=survei).delete()
    ringkasan = RingkasanSurvei.objects.create(
        survei=survei,
        n=found["n"],
        n_dikecualikan=all_of_it.count() - found["n"],
        n_kertas=found["n_kertas"],
        n_pengaduan=found["n_pengaduan"],
        ikm=index,
        mutu=None if index is None else mutu_of(index),
    )
    RingkasanUnsur.objects.bulk_create(
        RingkasanUnsur(ringkasan=ringkasan, unsur_id=kode, jumlah=jumlah, n=n) for kode, (jumlah, n) in sums.items()
    )
    RingkasanProfil.objects.bulk_create(
        RingkasanProfil(ringkasan=ringkasan, dimensi=dimensi, nilai=nilai, n=n)
        for dimensi in Dimensi
        for nilai, n in _profil(counted, dimensi)
    )
    return ringkasan


def mutu_of(index: Decimal) -> MutuSKM:
    """The class of a rounded index."""
    return kelas(index, {satu.dari: satu for satu in MutuSKM.objects.all()})


def _profil(counted: "QuerySet[JawabanSurvei]", dimensi: str) -> list[tuple[str, int]]:
    """How many said what of themselves; "" for those who did not say."""
    said: Case | F = F(dimensi)
    if dimensi == Dimensi.DISABILITAS:
        cases = (When(disabilitas=True, then=Value("ya")), When(disabilitas=False, then=Value("tidak")))
        said = Case(*cases, default=Value(""), output_field=CharField())
    rows = counted.order_by().values(kata=said).annotate(jumlah=Count("pk"))
    return list(rows.order_by("kata").values_list("kata", "jumlah"))
