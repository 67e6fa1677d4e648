"""Runs over services and spending of the country: cut into kabupaten and years, which any number of workers share.

Who takes which piece, and how far a run came, stands in the database alone. A worker that dies gives its piece back
with its transaction; a broker that dies loses orders, and the next look at the run gives them again. A piece that is
ordered twice is taken once.
"""

import datetime
import logging

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kecamatan.models import Pengguna
from layanan_dasar.actions.hitung import mark_changed
from layanan_dasar.aggregation import capaian, kualitas
from layanan_dasar.aggregation.naik import KABUPATEN, lock_tahun
from layanan_dasar.models import (
    BagianHitung,
    DesaBerubah,
    IndeksBelanja,
    ParameterIbdb,
    PutaranHitung,
    TerbitanIbdb,
)
from p3pd_portal.lib.locks import wait_in_transaction


logger = logging.getLogger(__name__)

DIAM = datetime.timedelta(minutes=10)
"""A run of which nothing was heard this long gets its orders again: they were lost."""
GALAT_TERPANJANG = 300

# A desa counts for the kabupaten in which it, or its successor, lies today.
_KABUPATEN = "left(coalesce(w.kode_kini, w.kode), 5)"
_BAGIAN = f"""
    INSERT INTO layanan_dasar_bagianhitung (
        putaran_id, kabupaten_id, tahun, status, desa_ditulis, wilayah_ditulis, galat
    )
    SELECT %(putaran)s, max(kab.id), d.tahun, 'menunggu', 0, 0, ''
    FROM {{desa}} d JOIN kecamatan_wilayah w ON w.id = d.desa_id
    JOIN kecamatan_wilayah kab ON kab.kode = {_KABUPATEN}
    GROUP BY kab.kode, d.tahun
"""
# Where a run finds the desa and years that it takes up.
_SUMBER = {
    PutaranHitung.Jenis.MALAM: ["SELECT desa_id, tahun FROM layanan_dasar_desaberubah"],
    PutaranHitung.Jenis.PENUH: [
        "SELECT desa_id, tahun FROM layanan_dasar_apbdes WHERE berlaku",
        """SELECT wilayah_id AS desa_id, tahun FROM layanan_dasar_kualitasbelanja
            WHERE wilayah_id IN (SELECT id FROM kecamatan_wilayah WHERE tingkat = 4)""",
        """SELECT desa_id, extract(year FROM akhir)::int AS tahun FROM layanan_dasar_nilaiindikator
            WHERE terbit_pada IS NOT NULL""",
    ],
}


def _desa(jenis: PutaranHitung.Jenis) -> str:
    return f"({' UNION '.join(_SUMBER[jenis])})"


def _desa_bagian(jenis: PutaranHitung.Jenis) -> str:
    """Those of one piece, asked of the desa of its kabupaten alone."""
    ada = " OR ".join(
        f"EXISTS (SELECT FROM ({sumber}) d WHERE (d.desa_id, d.tahun) = (w.id, %(tahun)s))" for sumber in _SUMBER[jenis]
    )
    return f"""
        SELECT w.id FROM kecamatan_wilayah w
        WHERE w.tingkat = 4 AND {_KABUPATEN} = %(kode)s AND ({ada}) ORDER BY w.id
    """


@transaction.atomic
def start_putaran(*, jenis: PutaranHitung.Jenis) -> PutaranHitung:
    """The run that is going on, whatever its kind, or else a new one with its pieces."""
    wait_in_transaction("putaran-hitung")
    running = PutaranHitung.objects.filter(status=PutaranHitung.Status.BERJALAN).first()
    if running is not None:
        return running
    _mark_ended_years()
    putaran = PutaranHitung.objects.create(jenis=jenis)
    with connection.cursor() as cursor:
        cursor.execute(_BAGIAN.format(desa=_desa(jenis)), {"putaran": putaran.pk})
    return putaran


def _mark_ended_years() -> None:
    """What was computed while its year ran gets its index in the first night after it."""
    waiting = IndeksBelanja.objects.filter(alasan=IndeksBelanja.Alasan.TAHUN_BERJALAN, terbit=False)
    for tahun in waiting.filter(tahun__lt=timezone.localdate().year).values_list("tahun", flat=True).distinct():
        mark_changed(tahun_dari=tahun, tahun_sampai=tahun)


@transaction.atomic
def take_orders(putaran: PutaranHitung) -> list[int]:
    """Pieces that wait and of which nobody has heard for a while; from now on they count as ordered."""
    putaran = PutaranHitung.objects.select_for_update().get(pk=putaran.pk)
    latest = putaran.bagian.aggregate(latest=Max("selesai"))["latest"]
    heard = max(filter(None, (latest, putaran.dikirim_pada)), default=None)
    if heard is not None and timezone.now() - heard < DIAM:
        return []
    putaran.dikirim_pada = timezone.now()
    putaran.save(update_fields=["dikirim_pada"])
    return list(putaran.bagian.filter(status=BagianHitung.Status.MENUNGGU).values_list("pk", flat=True))


def compute_bagian(bagian_id: int, *, tahun_berjalan: int | None = None) -> str:
    """Compute one piece and return its fate; empty when somebody else has it or had it.

    Whatever goes wrong is written down with the piece, and its desa are marked for the next night.
    """
    with transaction.atomic():
        waiting = BagianHitung.objects.select_for_update(skip_locked=True, of=("self",))
        waiting = waiting.select_related("kabupaten", "putaran").filter(status=BagianHitung.Status.MENUNGGU)
        bagian = waiting.filter(pk=bagian_id).first()
        if bagian is None:
            return ""
        bagian.mulai = timezone.now()
        try:
            with transaction.atomic():
                _compute(bagian, tahun_berjalan)
            bagian.status = BagianHitung.Status.SELESAI
        except Exception as error:
            logger.exception("Bagian %s putaran %s gagal.", bagian_id, bagian.putaran_id)
            bagian.status = BagianHitung.Status.GAGAL
            bagian.galat = f"{type(error).__name__}: {error}"[:GALAT_TERPANJANG]
            mark_changed(tahun_dari=bagian.tahun, tahun_sampai=bagian.tahun, kabupaten=bagian.kabupaten)
        bagian.selesai = timezone.now()
        bagian.save()
        return str(bagian.status)


def _compute(bagian: BagianHitung, tahun_berjalan: int | None) -> None:
    with connection.cursor() as cursor:
        select = _desa_bagian(PutaranHitung.Jenis(bagian.putaran.jenis))
        cursor.execute(select, {"tahun": bagian.tahun, "kode": bagian.kabupaten.kode})
        desa_ids = [pk for (pk,) in cursor.fetchall()]
    # Spending is compared with need: services go first.
    needs = capaian.rebuild(bagian.tahun, desa_ids=desa_ids, sampai=KABUPATEN)
    counts = kualitas.rebuild(bagian.tahun, desa_ids=desa_ids, sampai=KABUPATEN, tahun_berjalan=tahun_berjalan)
    bagian.desa_ditulis, bagian.wilayah_ditulis = counts["desa"], counts["wilayah"] + needs


@transaction.atomic
def finish_putaran(putaran_id: int, *, tahun_berjalan: int | None = None) -> bool:
    """When no piece waits any more: add up the provinces and the nation, and close the run. Whether it was closed."""
    putaran = PutaranHitung.objects.select_for_update().get(pk=putaran_id)
    waiting = putaran.bagian.filter(status=BagianHitung.Status.MENUNGGU).exists()
    if waiting or putaran.status != PutaranHitung.Status.BERJALAN:
        return False
    years = putaran.bagian.values_list("tahun", flat=True).distinct().order_by("tahun")
    putaran.wilayah_ditulis = sum(
        capaian.rebuild_above(tahun) + kualitas.rebuild_above(tahun, tahun_berjalan=tahun_berjalan) for tahun in years
    )
    failed = putaran.bagian.filter(status=BagianHitung.Status.GAGAL).exists()
    putaran.status = PutaranHitung.Status.GAGAL if failed else PutaranHitung.Status.SELESAI
    putaran.selesai = timezone.now()
    putaran.save()
    return True


@transaction.atomic
def publish_indeks(*, by: Pengguna, tahun: int) -> int:
    """Freeze the index of a year as it stands: from now on the database refuses to change it. Returns rows frozen.

    Raises:
        ValidationError: figures are still being computed or wait for it, or there is nothing (more) to freeze, as in
            a year that runs.
    """
    wait_in_transaction("putaran-hitung")  # no run begins meanwhile,
    lock_tahun(tahun, None)  # and no import recomputes its desa
    if PutaranHitung.objects.filter(status=PutaranHitung.Status.BERJALAN).exists():
        raise ValidationError(_("Hitungan sedang berjalan. Terbitkan sesudah selesai."))
    ready = IndeksBelanja.objects.ready(tahun)
    if DesaBerubah.objects.filter(tahun=tahun).exists():
        text = _("Ada desa yang angka %(tahun)s-nya menunggu dihitung ulang. Terbitkan sesudah hitungan malam.")
        raise ValidationError(text % {"tahun": tahun})
    if ready.filter(alasan=IndeksBelanja.Alasan.TAHUN_BERJALAN).exists():
        text = _("Indeks %(tahun)s dihitung ketika tahunnya masih berjalan. Jalankan hitung ulang semua lebih dahulu.")
        raise ValidationError(text % {"tahun": tahun})
    jumlah = ready.update(terbit=True)
    if not jumlah:
        raise ValidationError(_("Tidak ada indeks tahun %(tahun)s yang dapat diterbitkan.") % {"tahun": tahun})
    TerbitanIbdb.objects.create(tahun=tahun, parameter=ParameterIbdb.objects.get(aktif=True), jumlah=jumlah, oleh=by)
    return jumlah
