from layanan_dasar.models.anggaran import AnggaranKecamatan
from layanan_dasar.models.aturan import AturanBelanja, PaguDanaDesa, ParameterIbdb
from layanan_dasar.models.belanja import (
    APBDes,
    BarisAPBDes,
    BidangApbdes,
    Kegiatan,
    Rekening,
    SumberDana,
    TotalAPBDes,
)
from layanan_dasar.models.berkas_evaluasi import BerkasEvaluasi, ButirEvaluasi, CatatanEvaluasi, DokumenEvaluasi
from layanan_dasar.models.capaian import Capaian, NilaiIndikator, StatusNilai
from layanan_dasar.models.dataset import Dataset, PengecualianKunci
from layanan_dasar.models.delegasi import DelegasiEvaluasi
from layanan_dasar.models.evaluasi import EvaluasiAPBDes
from layanan_dasar.models.hitung import BagianHitung, DesaBerubah, PutaranHitung, TerbitanIbdb
from layanan_dasar.models.impor import APBDesLama, PetaDesaSiskeudes, PetaKolomLaporan
from layanan_dasar.models.indeks import GapBidang, IndeksBelanja, KepatuhanAturan
from layanan_dasar.models.indikator import Indikator, TargetIndikator
from layanan_dasar.models.isian import Isian, LangkahIsian, NilaiIsian
from layanan_dasar.models.kualitas import Jumlah, KualitasBelanja
from layanan_dasar.models.lembar import Lembar, Sel
from layanan_dasar.models.pemetaan import Kelas, PemetaanKegiatan, Tag
from layanan_dasar.models.peta_kolom import AturanKolom, PetaKolom
from layanan_dasar.models.temuan import AturanIsian, Temuan


__all__ = [
    "APBDes",
    "APBDesLama",
    "AnggaranKecamatan",
    "AturanBelanja",
    "AturanIsian",
    "AturanKolom",
    "BagianHitung",
    "BarisAPBDes",
    "BerkasEvaluasi",
    "BidangApbdes",
    "ButirEvaluasi",
    "Capaian",
    "CatatanEvaluasi",
    "Dataset",
    "DelegasiEvaluasi",
    "DesaBerubah",
    "DokumenEvaluasi",
    "EvaluasiAPBDes",
    "GapBidang",
    "IndeksBelanja",
    "Indikator",
    "Isian",
    "Jumlah",
    "Kegiatan",
    "Kelas",
    "KepatuhanAturan",
    "KualitasBelanja",
    "LangkahIsian",
    "Lembar",
    "NilaiIndikator",
    "NilaiIsian",
    "PaguDanaDesa",
    "ParameterIbdb",
    "PemetaanKegiatan",
    "PengecualianKunci",
    "PetaDesaSiskeudes",
    "PetaKolom",
    "PetaKolomLaporan",
    "PutaranHitung",
    "Rekening",
    "Sel",
    "StatusNilai",
    "SumberDana",
    "Tag",
    "TargetIndikator",
    "Temuan",
    "TerbitanIbdb",
    "TotalAPBDes",
]
