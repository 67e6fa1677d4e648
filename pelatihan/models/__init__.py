from pelatihan.models.alur import JenisPelatihan, LangkahAngkatan, StatusAngkatan
from pelatihan.models.angkatan import Angkatan, AngkaTerbit, Program
from pelatihan.models.biaya import Biaya
from pelatihan.models.evaluasi import JawabanEvaluasi, LembarEvaluasi, PertanyaanEvaluasi, SasaranEvaluasi
from pelatihan.models.foto import Foto
from pelatihan.models.kelas import Kelas, Sesi
from pelatihan.models.kurikulum import Modul
from pelatihan.models.peserta import Peserta, UnsurPeserta
from pelatihan.models.presensi import LembarHadir, Presensi
from pelatihan.models.rtl import BuktiRtl, PemantauanRtl, Rtl
from pelatihan.models.sertifikat import Sertifikat, TerbitanSertifikat
from pelatihan.models.soal import Butir, Pilihan
from pelatihan.models.tautan import KodePerangkat
from pelatihan.models.tes import ButirTes, Jawaban, Pengerjaan, Tes
from pelatihan.models.undangan import KodeUndangan, Kuota, StatusUsulan, Undangan
from pelatihan.models.usulan import BerkasUsulan, Calon, StatusCalon, Usulan


__all__ = [
    "AngkaTerbit",
    "Angkatan",
    "BerkasUsulan",
    "Biaya",
    "BuktiRtl",
    "Butir",
    "ButirTes",
    "Calon",
    "Foto",
    "Jawaban",
    "JawabanEvaluasi",
    "JenisPelatihan",
    "Kelas",
    "KodePerangkat",
    "KodeUndangan",
    "Kuota",
    "LangkahAngkatan",
    "LembarEvaluasi",
    "LembarHadir",
    "Modul",
    "PemantauanRtl",
    "Pengerjaan",
    "PertanyaanEvaluasi",
    "Peserta",
    "Pilihan",
    "Presensi",
    "Program",
    "Rtl",
    "SasaranEvaluasi",
    "Sertifikat",
    "Sesi",
    "StatusAngkatan",
    "StatusCalon",
    "StatusUsulan",
    "TerbitanSertifikat",
    "Tes",
    "Undangan",
    "UnsurPeserta",
    "Usulan",
]
