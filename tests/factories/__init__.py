from tests.factories.belanja import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory
from tests.factories.capaian import CapaianFactory, GapFactory, IndikatorFactory, NilaiFactory, TargetFactory
from tests.factories.evaluasi import DelegasiFactory, EvaluasiFactory, RancanganFactory
from tests.factories.hari_libur import HariLiburFactory
from tests.factories.impor import BerkasImporFactory
from tests.factories.isian import AturanIsianFactory, DatasetFactory, IsianFactory
from tests.factories.notifikasi import NotifikasiFactory, PesanKeluarFactory
from tests.factories.orang import OrangFactory, PenggunaFactory, PenugasanFactory
from tests.factories.pengaduan import KategoriFactory, PengaduanFactory
from tests.factories.tim import tim_lengkap
from tests.factories.unit import UnitLayananFactory


__all__ = [
    "APBDesFactory",
    "AturanIsianFactory",
    "BarisAPBDesFactory",
    "BerkasImporFactory",
    "CapaianFactory",
    "DatasetFactory",
    "DelegasiFactory",
    "EvaluasiFactory",
    "GapFactory",
    "HariLiburFactory",
    "IndikatorFactory",
    "IsianFactory",
    "KategoriFactory",
    "NilaiFactory",
    "NotifikasiFactory",
    "OrangFactory",
    "PemetaanKegiatanFactory",
    "PengaduanFactory",
    "PenggunaFactory",
    "PenugasanFactory",
    "PesanKeluarFactory",
    "RancanganFactory",
    "TargetFactory",
    "UnitLayananFactory",
    "tim_lengkap",
]
