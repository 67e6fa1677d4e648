"""The worked example of the reference (P3PD 1D §4.6) as a budget: 350 of 1,400 million for basic services."""

import datetime

from kecamatan.models import Wilayah
from layanan_dasar.models import APBDes, AturanBelanja, GapBidang
from tests.factories import APBDesFactory, BarisAPBDesFactory


JUTA = 1_000_000
GAPS = {"PDK": "0.20", "KES": "0.35", "SAB": "0.45", "JSO": "0.15", "ADM": "0.10"}
# kegiatan, rekening, sumber dana, anggaran, realisasi in million rupiah
VEKTOR = (
    ("02.01.01", "5.2.1.01", "ADD", 60, 54),
    ("02.02.02", "5.2.2.01", "ADD", 77, 68),  # 77 of 350 are fees: M6 = 0.22
    ("02.02.02", "5.2.1.01", "ADD", 13, 13),
    ("02.04.11", "5.3.8.01", "ADD", 120, 84),
    ("05.03.00", "5.4.1.01", "DDS", 72, 72),
    ("01.03.01", "5.2.1.01", "ADD", 8, 8),
    ("02.03.10", "5.3.5.01", "ADD", 1050, 900),
)


def vektor(desa: Wilayah, tahun: int = 2025) -> APBDes:
    """The budget, its gaps, and rules of which it keeps three of four; three of four dates are kept."""
    AturanBelanja.objects.exclude(kode="tujuh_puluh_tiga_puluh").delete()
    for nomor, (jenis, persen) in enumerate([("maks", 15), ("maks", 20), ("min", 20)]):  # BLT is 7.2 % of the pagu
        AturanBelanja.objects.create(
            kode=f"uji{nomor}", nama=f"Aturan uji {nomor}", jenis=jenis, ukuran="dd_blt", basis="pagu_dd",
            persen=persen, tahun_dari=tahun, dasar_hukum="Peraturan uji", keyakinan="tinggi",
        )  # fmt: skip
    apbdes = APBDesFactory(
        desa=desa,
        tahun=tahun,
        tanggal_perdes=datetime.date(tahun - 1, 12, 31),
        tanggal_laporan_s1=datetime.date(tahun, 7, 14),
        tanggal_lpj=datetime.date(tahun + 1, 4, 1),
    )
    for kegiatan, rekening, sumber, anggaran, realisasi in VEKTOR:
        BarisAPBDesFactory(
            apbdes=apbdes, kode_kegiatan=kegiatan, kode_rekening=rekening, sumber_dana=sumber,
            anggaran=anggaran * JUTA, realisasi_s2=realisasi * JUTA,
        )  # fmt: skip
    BarisAPBDesFactory(
        apbdes=apbdes, kode_kegiatan="", kode_rekening="4.2.1.01", sumber_dana="DDS", anggaran=1000 * JUTA
    )
    for bidang, gap in GAPS.items():
        GapBidang.objects.create(wilayah=desa, tahun=tahun, bidang_id=bidang, gap=gap)
    return apbdes
