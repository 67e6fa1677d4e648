"""The tables of Siskeudes that are read, and the columns they are known to have."""

from dataclasses import dataclass


_ANGGARAN = "Tahun Kd_Desa Kd_Keg Kd_Rincian SumberDana Anggaran AnggaranPAK AnggaranStlhPAK"
_RINCI = "Uraian Satuan JmlSatuan JmlSatuanPAK Kd_SubRinci No_Urut HrgSatuan HrgSatuanPAK Kode_SBU Belanja"
_BUKTI = "Kd_Bank Keterangan Kd_Mutasi ID_Bank Sumber_Dana"
_NILAI = "Tahun Kd_Desa Kd_Keg Kd_Rincian Sumberdana Nilai"


@dataclass(frozen=True)
class Tabel:
    """A table of the zip: columns it must have, and others that are known but may be missing."""

    nama: str
    wajib: str
    lain: str = ""

    @property
    def needed(self) -> list[str]:
        return self.wajib.lower().split()

    @property
    def known(self) -> set[str]:
        return {*self.needed, *self.lain.lower().split()}


TABEL = {
    tabel.nama.lower(): tabel
    for tabel in (
        Tabel("Ref_Version", "Versi"),
        Tabel("Ref_Desa", "Kd_Desa Nama_Desa", "Kd_Kec"),
        Tabel("Ta_Pemda", "Kd_Prov Kd_Kab", "Tahun Nama_Pemda Nama_Provinsi Ibukota Alamat Nm_Bupati Jbt_Bupati Logo "
              "C_Kode C_Pemda C_Data"),
        Tabel("Ta_Desa", "Tahun Kd_Desa No_Perdes Tgl_Perdes No_Perdes_PB Tgl_Perdes_PB",
              "Nm_Kades Jbt_Kades Nm_Sekdes NIP_Sekdes Jbt_Sekdes Nm_Kaur_Keu Jbt_Kaur_Keu Nm_Bendahara Jbt_Bendahara "
              "No_Perdes_PJ Tgl_Perdes_PJ Alamat Ibukota Status NPWP"),
        Tabel("Ta_Kegiatan", "Tahun Kd_Desa Kd_Keg Nama_Kegiatan",
              "Kd_Bid ID_Keg Pagu Pagu_PAK Nm_PPTKD NIP_PPTKD Lokasi Waktu Keluaran Sumberdana Nilai NilaiPAK Satuan "
              "Jbt_PPTKD Kd_Sub"),
        Tabel("Ta_RABRinci", _ANGGARAN, _RINCI),
        Tabel("Ta_AnggaranRinci", f"{_ANGGARAN} KdPosting", _RINCI),
        Tabel("Ta_TBP", "Tahun Kd_Desa No_Bukti Tgl_Bukti", "Uraian Nm_Penyetor Alamat_Penyetor TTD_Penyetor "
              "NoRek_Bank Nama_Bank Jumlah Nm_Bendahara Jbt_Bendahara Status KdBayar Ref_Bayar"),
        Tabel("Ta_TBPRinci", f"{_NILAI} No_Bukti", "RincianSD"),
        Tabel("Ta_SPP", "Tahun Kd_Desa No_SPP Tgl_SPP Jn_SPP", "Keterangan Jumlah Potongan Status F10 F11 FF14 FF15"),
        Tabel("Ta_SPPRinci", f"{_NILAI} No_SPP"),
        Tabel("Ta_SPJ", "Tahun Kd_Desa No_SPJ Tgl_SPJ", "No_SPP Keterangan Jumlah Potongan Status"),
        Tabel("Ta_SPJRinci", f"{_NILAI} No_SPJ", "No_SPP JmlCair Alamat Sisa"),
        Tabel("Ta_Mutasi", f"{_NILAI} No_Bukti Tgl_Bukti", _BUKTI),
        Tabel("Ta_JurnalUmum", "Tahun Kd_Desa NoBukti Tanggal", "KdBuku JnsBukti Keterangan DK Debet Kredit Jenis "
              "Posted"),
        Tabel("Ta_JurnalUmumRinci", "Tahun Kd_Desa NoBukti Kd_Keg Kd_Rincian Sumberdana Debet Kredit",
              "RincianSD NoID Akun DK"),
    )
}  # fmt: skip
