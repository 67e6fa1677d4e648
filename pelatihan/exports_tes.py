"""The results of a cohort's tests as a workbook, for those who run it."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from p3pd_portal.lib.gain import Ringkasan, summary
from p3pd_portal.lib.tables import Sheet
from pelatihan.models import Angkatan
from pelatihan.queries.tes import BarisNilai, HasilButir, daftar_nilai, hasil_tes


ANGKA = ["prates", "pascates", "gain", "gain_ternormalisasi"]
ORANG = ["nama", "instansi", "wilayah", "kelas", *ANGKA]
KELAS = ["kelas", "peserta", "prates_masuk", "pascates_masuk", "pasangan", *ANGKA]
BUTIR = ["butir", "modul", "benar_prates", "benar_pascates", "daya_beda", "korelasi", "catatan"]


def tes_sheets(angkatan: Angkatan) -> list[Sheet]:
    """A sheet with everybody, one for the questions, one for the classes. An empty cell is unknown, not 0.

    Means count only who took both tests; the last row of people and of classes is that of all of them.
    """
    rows, hasil = daftar_nilai(angkatan), hasil_tes(angkatan)
    return [
        Sheet(_("Peserta"), ORANG, [*map(_orang, rows), _semua(rows)], [32, 30, 28, 18, 10, 10, 10, 12]),
        Sheet(_("Butir"), BUTIR, [_butir(satu) for satu in hasil.butir], [60, 40, 12, 12, 12, 12, 40]),
        Sheet(_("Kelas"), KELAS, _kelas(rows), [30, 10, 12, 14, 10, 10, 10, 10, 12]),
    ]


def _number(exact: Fraction | float | None) -> float | None:
    return None if exact is None else round(float(exact), 4)


def _orang(satu: BarisNilai) -> list[object]:
    peserta = satu.peserta
    asal = [peserta.orang.nama_lengkap, str(peserta.unsur or peserta.orang.instansi), peserta.wilayah.nama_lengkap]
    return [*asal, str(peserta.kelas or ""), satu.pra, satu.pasca, satu.gain, _number(satu.g)]


def _ringkas(rows: Sequence[BarisNilai]) -> Ringkasan:
    return summary(satu.pasangan for satu in rows if satu.pasangan)


def _rata(satu: Ringkasan) -> list[object]:
    return [satu.pra, satu.pasca, satu.gain, _number(satu.g)]


def _semua(rows: Sequence[BarisNilai]) -> list[object]:
    found = _ringkas(rows)
    return [_("Rata-rata %(n)s orang yang mengerjakan keduanya") % {"n": found.n}, "", "", "", *_rata(found)]


def _butir(satu: HasilButir) -> list[object]:
    shares = [_number(one) for one in (satu.pra, satu.pasca, satu.beda, satu.korelasi)]
    return [satu.butir.teks, str(satu.butir.modul or ""), *shares, satu.alasan]


def _kelas(rows: Sequence[BarisNilai]) -> list[list[object]]:
    groups: dict[str, list[BarisNilai]] = defaultdict(list)
    for satu in rows:
        groups[str(satu.peserta.kelas or _("tanpa kelas"))].append(satu)
    return [_satu_kelas(nama, people) for nama, people in [*groups.items(), (_("Seluruhnya"), rows)]]


def _satu_kelas(nama: str, rows: Sequence[BarisNilai]) -> list[object]:
    found = _ringkas(rows)
    sent = [sum(mark is not None for mark in marks) for marks in ([s.pra for s in rows], [s.pasca for s in rows])]
    return [nama, len(rows), *sent, found.n, *_rata(found)]
