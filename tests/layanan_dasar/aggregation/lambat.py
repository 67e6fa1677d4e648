"""The result table once more, the slow and obvious way: one budget, one line, one region at a time in Python."""

from collections import Counter
from dataclasses import dataclass, field

from kecamatan.models import Wilayah
from kecamatan.models.wilayah import kode_leluhur
from layanan_dasar.models import APBDes, BarisAPBDes, Kegiatan


Sums = dict[str, int | None]


@dataclass
class Hasil:
    """Counts and sums of one region: group → measure → rupiah or None."""

    hitung: Counter[str] = field(default_factory=Counter)
    jumlah: dict[str, Sums] = field(default_factory=dict)

    def add(self, other: "Hasil") -> None:
        self.hitung += other.hitung
        for kelompok, sums in other.jumlah.items():
            if kelompok.startswith("bab_") and not other.hitung["n_belanja"]:
                continue  # a desa known in part adds to nothing
            mine = self.jumlah.setdefault(kelompok, {"anggaran": None, "realisasi": None, "terlapor": None})
            for ukuran, value in sums.items():
                if value is not None:
                    mine[ukuran] = (mine[ukuran] or 0) + value


def golongan(line: BarisAPBDes, kegiatan: dict[str, Kegiatan]) -> tuple[str, str] | None:
    """Class and service of a line; ("", "") for one that is no basic service, None for an unmapped one."""
    found = kegiatan.get(line.kode_kegiatan)
    if found is None:
        return None
    if found.bidang_id is None:
        return "", ""
    fits = line.kode_rekening.startswith(found.syarat_rekening) and (found.syarat_sumber_dana in ("", line.sumber_dana))
    return (found.kelas if fits else found.kelas_lain), found.bidang_id.lower()


def realisasi(row: object) -> int | None:
    s1, s2 = row.realisasi_s1, row.realisasi_s2  # type: ignore[attr-defined]
    return s1 if s2 is None else s2


def hitung_apbdes(apbdes: APBDes, kegiatan: dict[str, Kegiatan]) -> Hasil:
    """What one budget tells."""
    lines = list(apbdes.baris.all())
    totals = {total.kode: total for total in apbdes.total.all()}
    rinci = apbdes.cakupan_belanja == "kegiatan"
    lengkap = apbdes.cakupan_belanja in ("kegiatan", "bidang")
    masuk = [line for line in lines if line.kode_rekening.startswith("4") and not line.kode_kegiatan]
    belanja = [line for line in lines if line.kode_kegiatan]
    hasil = Hasil(Counter(n_apbdes=1, n_pendapatan=int(apbdes.cakupan_pendapatan == "lengkap")))
    hasil.hitung += Counter(n_belanja=int(lengkap), n_rincian=int(rinci))

    groups: dict[str, list[BarisAPBDes]] = {}
    if apbdes.cakupan_pendapatan == "lengkap":
        groups["pendapatan"] = masuk
    if rinci:
        mapped = {id(line): golongan(line, kegiatan) for line in belanja}
        groups["rincian"] = belanja
        groups["belum_dipetakan"] = [line for line in belanja if mapped[id(line)] is None]
        for kelas, nama in (("I", "inti"), ("T", "terkait")):
            groups[nama] = [line for line in belanja if (mapped[id(line)] or ("",))[0] == kelas]
            for bidang in ("pdk", "kes", "sab", "jso", "adm"):
                groups[f"{nama}_{bidang}"] = [line for line in belanja if mapped[id(line)] == (kelas, bidang)]
    values = {nama: sum_up(rows) for nama, rows in groups.items()}

    stated = [realisasi(totals[kode]) for kode in totals if kode in ("01", "02", "03", "04", "05") and not rinci]
    lapor = any(realisasi(line) is not None for line in belanja) or any(value is not None for value in stated)
    for kode in ("01", "02", "03", "04", "05"):
        rows = [line for line in belanja if line.kode_kegiatan.startswith(kode)]
        anggaran, dibelanjakan = sum_up(rows) if rows else (None, None)
        if not rinci and kode in totals:
            if totals[kode].anggaran is not None:
                anggaran = totals[kode].anggaran
            if realisasi(totals[kode]) is not None:
                dibelanjakan = realisasi(totals[kode])
        if lengkap:
            anggaran, dibelanjakan = anggaran or 0, dibelanjakan or 0
        values[f"bab_{kode}"] = (anggaran, dibelanjakan)
    if lengkap:
        bab = [values[f"bab_{kode}"] for kode in ("01", "02", "03", "04", "05")]
        values["belanja"] = (sum(a or 0 for a, _ in bab), sum(r or 0 for _, r in bab))

    hasil.hitung += Counter(n_realisasi=int(lengkap and lapor))
    lapor_masuk = any(realisasi(line) is not None for line in masuk)
    for nama, (anggaran, dibelanjakan) in values.items():
        reported = lapor_masuk if nama == "pendapatan" else lapor
        hasil.jumlah[nama] = {
            "anggaran": anggaran,
            "realisasi": dibelanjakan if reported else None,
            "terlapor": anggaran if reported else None,
        }
    return hasil


def sum_up(rows: list[BarisAPBDes]) -> tuple[int | None, int | None]:
    known = [value for value in map(realisasi, rows) if value is not None]
    return sum(line.anggaran or 0 for line in rows), sum(known) if known else 0


def hitung_tahun(tahun: int) -> dict[str, Hasil]:
    """Every region that has at least one budget in force, by code."""
    kegiatan = {satu.kode: satu for satu in Kegiatan.objects.all()}
    hasil: dict[str, Hasil] = {}
    for apbdes in APBDes.objects.filter(tahun=tahun, berlaku=True).select_related("desa"):
        satu = hitung_apbdes(apbdes, kegiatan)
        hasil[apbdes.desa.kode] = satu
        for kode in kode_leluhur(apbdes.desa.kode)[:-1]:
            if kode == "0" and apbdes.desa.contoh:
                continue
            hasil.setdefault(kode, Hasil()).add(satu)
    for kode, satu in hasil.items():
        satu.hitung["n_desa"] = Wilayah.objects.in_force().get(kode=kode).jumlah_desa
    return hasil
