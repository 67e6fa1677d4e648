"""The result table once more, the slow and obvious way: one budget, one line, one region at a time in Python."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kecamatan.models import ProfilWilayah, Wilayah
from kecamatan.models.wilayah import kode_leluhur
from layanan_dasar.models import APBDes, BarisAPBDes, PemetaanKegiatan, SumberDana, TotalAPBDes


Sums = dict[str, int | None]


@dataclass
class Hasil:
    """Counts and sums of one region: group → measure → rupiah or None."""

    hitung: Counter[str] = field(default_factory=Counter)
    jumlah: dict[str, Sums] = field(default_factory=dict)
    rupiah: dict[str, int | None] = field(default_factory=dict)

    def add(self, other: "Hasil") -> None:
        self.hitung += other.hitung
        for nama, value in other.rupiah.items():
            self.rupiah[nama] = value if self.rupiah.get(nama) is None else self.rupiah[nama] + (value or 0)
        for kelompok, sums in other.jumlah.items():
            if kelompok.startswith("bab_") and not other.hitung["n_belanja"]:
                continue  # a desa known in part adds to nothing
            mine = self.jumlah.setdefault(kelompok, {"anggaran": None, "realisasi": None, "terlapor": None})
            for ukuran, value in sums.items():
                if value is not None:
                    mine[ukuran] = (mine[ukuran] or 0) + value


Peta = dict[str, PemetaanKegiatan]


def mapping(desa: Wilayah, tahun: int) -> Peta:
    """The approved mapping of a desa's kabupaten and year: its own before the national one."""
    found: Peta = {}
    for satu in PemetaanKegiatan.objects.exclude(status="usulan"):
        if not (satu.tahun_dari <= tahun <= (satu.tahun_sampai or 9999)):
            continue
        if satu.kabupaten is None:
            found.setdefault(satu.kode_kegiatan, satu)
        elif satu.kabupaten.kode == desa.kode[:5]:
            found[satu.kode_kegiatan] = satu
    return found


def fits(line: BarisAPBDes, satu: PemetaanKegiatan) -> bool:
    if not (satu.syarat_sumber_dana or satu.syarat_rekening or satu.syarat_output):
        return True
    return satu.syarat_sumber_dana in ("", line.sumber_dana) and (
        line.kode_rekening.startswith(satu.syarat_rekening)
        or (satu.syarat_output != "" and line.kode_output == satu.syarat_output)
    )


def golongan(line: BarisAPBDes, peta: Peta) -> tuple[str, str] | None:
    """Class and service of a line; ("", "") for one that is no basic service, None for an unmapped one."""
    found = peta.get(line.kode_kegiatan)
    if found is None:
        return None
    if found.bidang_id is None:
        return "", ""
    kelas = found.kelas if fits(line, found) else found.kelas_lain
    return (kelas, found.bidang_id.lower()) if kelas else ("", "")


def has_tag(line: BarisAPBDes, peta: Peta, tag: str) -> bool:
    found = peta.get(line.kode_kegiatan)
    return found is not None and tag in found.tag


def total(lines: list[BarisAPBDes]) -> int:
    return sum(line.anggaran or 0 for line in lines)


def hitung_rupiah(apbdes: APBDes, lines: list[BarisAPBDes], peta: Peta) -> dict[str, int | None]:
    """The sums without realisation beside them, each by its own loop."""
    belanja = [line for line in lines if line.kode_kegiatan]
    bengkok = set(SumberDana.objects.filter(bengkok=True).values_list("kode", flat=True))
    inti = [line for line in belanja if (golongan(line, peta) or ("",))[0] == "I"]
    bersih = [line for line in belanja if line.sumber_dana not in bengkok]
    dds = [line for line in lines if line.sumber_dana == "DDS"]
    hasil: dict[str, int | None] = {}
    if apbdes.cakupan_belanja == "kegiatan":
        hasil |= {
            "pegawai": total([line for line in belanja if line.kode_rekening.startswith("5.1")]),
            "modal": total([line for line in belanja if line.kode_rekening.startswith("5.3")]),
            "overhead": total([line for line in inti if line.kode_rekening[:5] in ("5.2.2", "5.2.3", "5.2.5")]),
            "k30": total([line for line in bersih if has_tag(line, peta, "k30")]),
            "belanja_bersih": total(bersih),
            "dd_blt": total([n for n in dds if has_tag(n, peta, "blt") and fits(n, peta[n.kode_kegiatan])]),
            "dd_pangan": total(
                [n for n in dds if has_tag(n, peta, "ketahanan_pangan") or n.kode_rekening.startswith("6.2.2")]
            ),
            "dd_operasional": total([line for line in dds if has_tag(line, peta, "operasional_dd")]),
            "dd_stunting": total([line for line in dds if has_tag(line, peta, "stunting")]),
            "kdmp": total([line for line in belanja if has_tag(line, peta, "kdmp")]),
        }
        if any(line.realisasi_s2 is not None for line in belanja):
            hasil["inti_s2_anggaran"] = total(inti)
            hasil["inti_s2_realisasi"] = sum(line.realisasi_s2 or 0 for line in inti)
        if any(realisasi(line) is not None for line in belanja):
            hasil["tanpa_anggaran"] = sum(realisasi(line) or 0 for line in belanja if not line.anggaran)
        jiwa = ProfilWilayah.objects.filter(wilayah=apbdes.desa, per__year__lt=apbdes.tahun).order_by("-per").first()
        if jiwa is not None and jiwa.penduduk:
            hasil["inti_berpenduduk"] = total(inti)
        hasil |= hitung_ubah(apbdes, belanja)
    if apbdes.cakupan_pendapatan == "lengkap":
        hasil["pagu_dd"] = total([line for line in lines if line.kode_rekening.startswith("4.2.1")])
    return hasil


def is_setahun(apbdes: APBDes, belanja: list[BarisAPBDes], totals: Iterable[TotalAPBDes]) -> bool:
    """Whether the realisation of the whole year was reported."""
    stated = [satu for satu in totals if len(satu.kode) == 2 and apbdes.cakupan_belanja != "kegiatan"]
    return any(row.realisasi_s2 is not None for row in (*belanja, *stated))


def hitung_waktu(apbdes: APBDes, setahun: bool) -> Counter[str]:
    """Which of the four dates are known, and which were kept."""
    awal = APBDes.objects.filter(desa=apbdes.desa, tahun=apbdes.tahun, jenis="awal").first() or apbdes
    both = {apbdes.pk: apbdes, awal.pk: awal}.values() if apbdes.jenis == "perubahan" else [apbdes]
    perdes = awal.tanggal_perdes if awal.jenis == "awal" else None
    s1 = max((satu.tanggal_laporan_s1 for satu in both if satu.tanggal_laporan_s1), default=None)
    lpj = max((satu.tanggal_lpj for satu in both if satu.tanggal_lpj), default=None)
    kept = [
        day <= limit
        for day, limit in (
            (perdes, datetime.date(apbdes.tahun - 1, 12, 31)),
            (s1, datetime.date(apbdes.tahun, 7, 14)),
            (lpj, datetime.date(apbdes.tahun + 1, 3, 31)),
        )
        if day is not None
    ]
    if setahun or lpj is not None:
        kept.append((0 if apbdes.jenis == "awal" else max(apbdes.urutan_perubahan, 1)) <= 1)
    return Counter(n_waktu=len(kept), n_tepat_waktu=sum(kept))


def hitung_ubah(apbdes: APBDes, belanja: list[BarisAPBDes]) -> dict[str, int | None]:
    """How much an amendment moved, line by line."""
    awal = APBDes.objects.filter(desa=apbdes.desa, tahun=apbdes.tahun, jenis="awal", cakupan_belanja="kegiatan").first()
    if apbdes.jenis != "perubahan" or awal is None:
        return {}
    lama = {key(line): line.anggaran or 0 for line in awal.baris.exclude(kode_kegiatan="")}
    baru = {key(line): line.anggaran or 0 for line in belanja}
    if not lama and not baru:
        return {}
    moved = sum(abs(baru.get(satu, 0) - lama.get(satu, 0)) for satu in lama.keys() | baru.keys())
    return {"ubah": moved, "awal": sum(lama.values())}


def key(line: BarisAPBDes) -> tuple[str, str, str]:
    return line.kode_kegiatan, line.kode_rekening, line.sumber_dana


def realisasi(row: object) -> int | None:
    s1, s2 = row.realisasi_s1, row.realisasi_s2  # type: ignore[attr-defined]
    return s1 if s2 is None else s2


def hitung_apbdes(apbdes: APBDes) -> Hasil:
    """What one budget tells."""
    lines, peta = list(apbdes.baris.all()), mapping(apbdes.desa, apbdes.tahun)
    totals = {total.kode: total for total in apbdes.total.all()}
    rinci = apbdes.cakupan_belanja == "kegiatan"
    lengkap = apbdes.cakupan_belanja in ("kegiatan", "bidang")
    masuk = [line for line in lines if line.kode_rekening.startswith("4") and not line.kode_kegiatan]
    belanja = [line for line in lines if line.kode_kegiatan]
    hasil = Hasil(Counter(n_apbdes=1, n_pendapatan=int(apbdes.cakupan_pendapatan == "lengkap")))
    hasil.hitung += Counter(n_belanja=int(lengkap), n_rincian=int(rinci))
    hasil.rupiah = hitung_rupiah(apbdes, lines, peta)

    groups: dict[str, list[BarisAPBDes]] = {}
    if apbdes.cakupan_pendapatan == "lengkap":
        groups["pendapatan"] = masuk
    if rinci:
        mapped = {id(line): golongan(line, peta) for line in belanja}
        groups["rincian"] = belanja
        groups["belum_dipetakan"] = [line for line in belanja if mapped[id(line)] is None]
        for kelas, nama in (("I", "inti"), ("T", "terkait")):
            groups[nama] = [line for line in belanja if (mapped[id(line)] or ("",))[0] == kelas]
            for bidang in ("pdk", "kes", "sab", "jso", "adm"):
                groups[f"{nama}_{bidang}"] = [line for line in belanja if mapped[id(line)] == (kelas, bidang)]
    for nama, rekening in (("terima_pembiayaan", "6.1"), ("keluar_pembiayaan", "6.2")):
        if rows := [line for line in lines if not line.kode_kegiatan and line.kode_rekening.startswith(rekening)]:
            groups[nama] = rows
    values = {nama: sum_up(rows) for nama, rows in groups.items()}

    stated = [realisasi(totals[kode]) for kode in totals if kode in ("01", "02", "03", "04", "05") and not rinci]
    lapor = any(realisasi(line) is not None for line in belanja) or any(value is not None for value in stated)
    for kode in ("01", "02", "03", "04", "05"):
        rows = [line for line in belanja if line.kode_kegiatan.startswith(kode)]
        anggaran, dibelanjakan = sum_up(rows) if rows else (None, None)
        if all(realisasi(line) is None for line in rows):
            dibelanjakan = None
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
    hasil.hitung += hitung_waktu(apbdes, setahun := is_setahun(apbdes, belanja, totals.values()))
    jiwa = ProfilWilayah.objects.filter(wilayah=apbdes.desa, per__year__lt=apbdes.tahun).order_by("-per").first()
    hasil.hitung += Counter(
        n_setahun=int(lengkap and setahun),
        penduduk=jiwa.penduduk if rinci and jiwa else 0,
        n_tanpa_anggaran=sum(1 for line in belanja if rinci and (realisasi(line) or 0) > 0 and not line.anggaran),
    )
    lapor_masuk = any(realisasi(line) is not None for line in masuk)
    for nama, (anggaran, dibelanjakan) in values.items():
        reported = lapor_masuk if nama == "pendapatan" else lapor
        if nama.endswith("_pembiayaan"):
            reported = any(realisasi(line) is not None for line in groups[nama])
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
    hasil: dict[str, Hasil] = {}
    for apbdes in APBDes.objects.filter(tahun=tahun, berlaku=True).select_related("desa"):
        satu = hitung_apbdes(apbdes)
        hasil[apbdes.desa.kode] = satu
        for kode in kode_leluhur(apbdes.desa.kode)[:-1]:
            if kode == "0" and apbdes.desa.contoh:
                continue
            hasil.setdefault(kode, Hasil()).add(satu)
    for kode, satu in hasil.items():
        satu.hitung["n_desa"] = Wilayah.objects.in_force().get(kode=kode).jumlah_desa
    return hasil
