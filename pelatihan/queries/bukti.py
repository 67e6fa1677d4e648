"""What is known of each participant when it is decided who passes."""

from pelatihan.aggregation.kelulusan import Bukti
from pelatihan.models import Angkatan
from pelatihan.queries.presensi import kehadiran
from pelatihan.queries.rtl import punya_rtl
from pelatihan.queries.tes import nilai_tes


def bukti(angkatan: Angkatan) -> dict[int, Bukti]:
    """Attendance, mark and action plan of everybody of a cohort; as many queries for ten as for a thousand."""
    hadir, nilai, rtl = kehadiran(angkatan), nilai_tes(angkatan), punya_rtl(angkatan)
    keys = angkatan.peserta.values_list("pk", flat=True)
    return {pk: Bukti(hadir.get(pk), nilai.get(pk, (None, None))[1], pk in rtl) for pk in keys}
