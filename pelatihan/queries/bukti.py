"""What is known of each participant when it is decided who passes."""

from collections.abc import Collection

from pelatihan.aggregation.kelulusan import Bukti
from pelatihan.models import Angkatan
from pelatihan.queries.presensi import kehadiran
from pelatihan.queries.rtl import punya_rtl
from pelatihan.queries.tes import nilai_tes


def bukti(angkatan: Angkatan, hanya: Collection[int] | None = None) -> dict[int, Bukti]:
    """Attendance, mark and action plan of everybody of a cohort; as many queries for ten as for a thousand.

    Args:
        hanya: keys of the participants that are asked for, where not all of them are.
    """
    hadir, nilai = kehadiran(angkatan, hanya=hanya), nilai_tes(angkatan, hanya=hanya)
    rtl = punya_rtl(angkatan, hanya=hanya)
    return {pk: Bukti(share, nilai.get(pk, (None, None))[1], pk in rtl) for pk, share in hadir.items()}
