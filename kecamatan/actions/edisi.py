"""A new edition of the national region list: look at what it changes, apply it, decide what follows what."""

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone

from kecamatan.actions.impor import keep_berkas
from kecamatan.importers.daftar_wilayah import read_daftar
from kecamatan.importers.edisi import Perbandingan, compare
from kecamatan.importers.wilayah import clean, impor_wilayah
from kecamatan.models import BerkasImpor, JenisRiwayat, Pengguna, RiwayatWilayah, Tingkat, Wilayah
from kecamatan.models.riwayat import MENERUSKAN
from kecamatan.models.wilayah import AWALAN_CONTOH, NASIONAL
from kecamatan.signals import edisi_berubah
from p3pd_portal.lib.copying import stage
from p3pd_portal.lib.spreadsheet import rejected


MOST_CLOSED = 0.2
"""Share of the regions in force from which a list is taken for an incomplete one."""

_CLOSE = """
    UPDATE kecamatan_wilayah w SET berlaku_sampai = %(berlaku)s::date - 1
    FROM edisi_tutup t WHERE t.kode = w.kode AND w.berlaku_sampai IS NULL
"""
# The old end is the region just closed under the old code or, for a new spelling, the region itself.
_LINK = """
    INSERT INTO kecamatan_riwayatwilayah (asal_id, penerus_id, jenis, nama_lama, nama_baru, berlaku, dasar, yakin,
        status, created_at, decided_at)
    SELECT asal.id, penerus.id, r.jenis, r.nama_lama, r.nama_baru, %(berlaku)s, %(dasar)s, r.yakin,
        CASE WHEN asal.id = penerus.id THEN 'disetujui' ELSE 'usulan' END, now(),
        CASE WHEN asal.id = penerus.id THEN now() END
    FROM edisi_riwayat r
    JOIN kecamatan_wilayah penerus ON penerus.kode = r.kode_baru AND penerus.berlaku_sampai IS NULL
    JOIN kecamatan_wilayah asal ON asal.kode = r.kode_lama
        AND CASE WHEN r.tetap THEN asal.id = penerus.id ELSE asal.berlaku_sampai = %(berlaku)s::date - 1 END
"""
# Chains are followed to their end; a region that is in force again ends them.
_FOLLOW = f"""
    WITH RECURSIVE jejak AS (
        SELECT asal_id, penerus_id AS kini_id, 1 AS langkah FROM kecamatan_riwayatwilayah
        WHERE status = 'disetujui' AND jenis IN {tuple(str(jenis) for jenis in MENERUSKAN)} AND asal_id <> penerus_id
        UNION ALL
        SELECT j.asal_id, r.penerus_id, j.langkah + 1 FROM jejak j JOIN kecamatan_riwayatwilayah r
            ON r.asal_id = j.kini_id AND r.asal_id <> r.penerus_id
        WHERE r.status = 'disetujui' AND r.jenis IN {tuple(str(jenis) for jenis in MENERUSKAN)} AND j.langkah < 20
    ), akhir AS (
        SELECT w.id, min(p.kode) AS kode FROM kecamatan_wilayah w
        LEFT JOIN jejak j ON j.asal_id = w.id
        LEFT JOIN kecamatan_wilayah p ON p.id = j.kini_id AND p.berlaku_sampai IS NULL
        WHERE w.berlaku_sampai IS NOT NULL GROUP BY w.id
    )
    UPDATE kecamatan_wilayah w SET kode_penerus = akhir.kode
    FROM akhir WHERE akhir.id = w.id AND w.kode_penerus IS DISTINCT FROM akhir.kode
"""


@dataclass(frozen=True)
class Edisi:
    """A complete list and what it is: its legal basis, and the day from which it holds."""

    rows: list[tuple[str, str]]
    dasar: str
    berlaku: datetime.date


def in_force_list() -> dict[str, str]:
    """Code → name of all regions in force, without the nation and the fictional ones."""
    official = Wilayah.objects.in_force().filter(contoh=False).exclude(kode=NASIONAL)
    return dict(official.values_list("kode", "nama"))


def preview_edisi(rows: Iterable[tuple[str, str]]) -> Perbandingan:
    """What a complete list would change.

    Raises:
        Rejected: the list is malformed, circular or without a parent somewhere, or leaves out so much that it cannot
            be complete.
    """
    try:
        baru = dict(clean(rows))
    except ValueError as error:
        raise rejected(str(error)) from error
    orphans = sorted(kode for kode in baru if "." in kode and kode.rpartition(".")[0] not in baru)
    if orphans:
        raise rejected(f"Kode tanpa induk: {', '.join(orphans[:5])}. Lengkapi daftar itu dengan induknya.")
    if any(kode == NASIONAL or kode.startswith(AWALAN_CONTOH) for kode in baru):
        raise rejected("Kode 0 dan kode 99 bukan kode resmi. Hapus baris itu dari daftar.")
    lama = in_force_list()
    gone = len(lama.keys() - baru.keys())
    if gone > MOST_CLOSED * len(lama):
        raise rejected(f"Daftar ini memuat {len(baru)} kode; {gone} wilayah akan ditutup. Unggah daftar yang lengkap.")
    return compare(lama, baru)


@transaction.atomic
def apply_edisi(edisi: Edisi) -> Perbandingan:
    """Take a complete list over: add, rename, close, and propose what follows what. Applied again, nothing changes.

    A region whose code goes, or whose code another village gets, is closed and keeps its facts; the pairs wait for an
    admin's decision. A new spelling is taken over at once, with the old name as alias.

    Raises:
        Rejected: see `preview_edisi`; or the edition is older than a region it closes.
    """
    beda = preview_edisi(edisi.rows)
    pairs = [satu for satu in beda.perubahan if satu.jenis]
    stays = {satu.kode_lama for satu in pairs if satu.jenis == JenisRiwayat.GANTI_NAMA and satu.yakin}
    closed = {satu.kode_lama for satu in beda.perubahan if satu.kode_lama} - stays
    if Wilayah.objects.in_force().filter(kode__in=closed, berlaku_dari__gte=edisi.berlaku).exists():
        raise rejected("Tanggal berlaku edisi ini lebih awal daripada edisi yang sedang berlaku. Periksa tanggalnya.")
    values: dict[str, Any] = {"berlaku": edisi.berlaku, "dasar": edisi.dasar}
    with connection.cursor() as cursor:
        stage(cursor, "edisi_tutup", {"kode": "text"}, ((kode,) for kode in sorted(closed)))
        cursor.execute(_CLOSE, values)
        first = not Wilayah.objects.in_force().filter(tingkat=Tingkat.PROVINSI, contoh=False).exists()
        impor_wilayah(edisi.rows, berlaku=None if first else edisi.berlaku)
        columns = ("jenis", "kode_lama", "kode_baru", "nama_lama", "nama_baru")
        stage(
            cursor,
            "edisi_riwayat",
            {**dict.fromkeys(columns, "text"), "yakin": "boolean", "tetap": "boolean"},
            ((*(str(getattr(satu, name)) for name in columns), satu.yakin, satu.kode_lama in stays) for satu in pairs),
        )
        cursor.execute(_LINK, values)
    follow_successors()
    return beda


# The page's three steps: preview, then confirm or discard.


def preview_berkas(
    *, by: Pengguna, wilayah: Wilayah, berkas: UploadedFile, dasar: str, berlaku: datetime.date
) -> BerkasImpor:
    """Check an uploaded list and keep it, with what it would change, until somebody confirms.

    Raises:
        Rejected: every error found; nothing is kept.
    """
    content = berkas.read()
    beda = preview_edisi(read_daftar(io.BytesIO(content)))
    ringkasan = {"dasar": dasar, "berlaku": berlaku.isoformat(), "hitungan": list(beda.counts().items())}
    return keep_berkas(by=by, jenis="wilayah", wilayah=wilayah, file=berkas, content=content, ringkasan=ringkasan)


def read_edisi(berkas: BerkasImpor) -> Edisi:
    """The edition in a waiting file."""
    rows = read_daftar(io.BytesIO(berkas.isi or b""))
    return Edisi(rows, berkas.ringkasan["dasar"], datetime.date.fromisoformat(berkas.ringkasan["berlaku"]))


@transaction.atomic
def confirm_berkas(*, by: Pengguna, berkas: BerkasImpor) -> BerkasImpor:
    """Apply a waiting list and return its file. Confirmed twice, or by two people at once, it is applied once.

    Raises:
        Rejected: the regions in force changed since the preview so that the list no longer fits.
    """
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk)
    if berkas.is_waiting:
        beda = apply_edisi(read_edisi(berkas))
        berkas.finish(BerkasImpor.Status.TERSIMPAN, by, berkas.ringkasan | {"hitungan": list(beda.counts().items())})
    return berkas


@transaction.atomic
def decide_riwayat(*, ids: Iterable[int], setuju: bool, by: Pengguna) -> int:
    """Approve or reject waiting proposals; returns how many. Those decided meanwhile stay as they are.

    Raises:
        Rejected: a region would get a second successor.
    """
    waiting = RiwayatWilayah.objects.waiting().select_for_update().filter(id__in=list(ids))
    if setuju:
        _refuse_second_successor(waiting.filter(jenis__in=MENERUSKAN).values_list("asal_id", flat=True))
    status = RiwayatWilayah.Status.DISETUJUI if setuju else RiwayatWilayah.Status.DITOLAK
    decided = waiting.update(status=status, decided_at=timezone.now(), decided_by=by)
    follow_successors()
    return decided


@transaction.atomic
def add_riwayat(
    *, asal: Wilayah, penerus: Wilayah, jenis: JenisRiwayat, berlaku: datetime.date, dasar: str, by: Pengguna
) -> RiwayatWilayah:
    """Record what the lists cannot tell, such as a village that was split off or merged; in effect at once.

    Raises:
        Rejected: both ends are one region, of different levels, or the old one has a successor already.
    """
    if asal == penerus or asal.tingkat != penerus.tingkat:
        raise rejected("Wilayah asal dan penerus harus dua wilayah yang berbeda dan setingkat.")
    if jenis in MENERUSKAN:
        if asal.berlaku_sampai is None:
            raise rejected(f"{asal} masih berlaku; hanya wilayah yang tidak berlaku lagi dapat diteruskan.")
        _refuse_second_successor([asal.pk])
    riwayat, _ = RiwayatWilayah.objects.update_or_create(
        asal=asal,
        penerus=penerus,
        jenis=jenis,
        berlaku=berlaku,
        defaults={
            "nama_lama": asal.nama,
            "nama_baru": penerus.nama,
            "dasar": dasar,
            "yakin": True,
            "status": RiwayatWilayah.Status.DISETUJUI,
            "decided_at": timezone.now(),
            "decided_by": by,
        },
    )
    follow_successors()
    return riwayat


def _refuse_second_successor(asal_ids: Iterable[int]) -> None:
    asal_ids = list(asal_ids)
    taken = RiwayatWilayah.objects.approved().filter(asal_id__in=asal_ids, jenis__in=MENERUSKAN)
    if double := taken.select_related("asal", "penerus").first():
        raise rejected(f"{double.asal} sudah diteruskan {double.penerus}. Pilih salah satu saja.")
    if len(set(asal_ids)) < len(asal_ids):
        raise rejected("Satu wilayah mendapat dua penerus dalam pilihan ini. Pilih salah satu saja.")


def follow_successors() -> None:
    """Give every closed region the code of the region in force at the end of its chain of approved successors."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW)
    edisi_berubah.send(sender=None)
