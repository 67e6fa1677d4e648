from tests.factories.belanja import APBDesFactory, BarisAPBDesFactory, PemetaanKegiatanFactory
from tests.factories.capaian import CapaianFactory, GapFactory, IndikatorFactory, NilaiFactory, TargetFactory
from tests.factories.evaluasi import DelegasiFactory, EvaluasiFactory, RancanganFactory
from tests.factories.hari_libur import HariLiburFactory
from tests.factories.impor import BerkasImporFactory
from tests.factories.isian import AturanIsianFactory, DatasetFactory, IsianFactory
from tests.factories.notifikasi import NotifikasiFactory, PesanKeluarFactory
from tests.factories.orang import OrangFactory, PenggunaFactory, PenugasanFactory
from tests.factories.pelatihan import (
    AngkatanFactory,
    KelasFactory,
    ModulFactory,
    PesertaFactory,
    PresensiFactory,
    ProgramFactory,
    SesiFactory,
    UnsurPesertaFactory,
)
from tests.factories.pelatihan_tes import (
    ButirFactory,
    PengerjaanFactory,
    PertanyaanEvaluasiFactory,
    RtlFactory,
    TesFactory,
)
from tests.factories.pengaduan import (
    JawabanBakuFactory,
    KategoriFactory,
    KirimanOpen311Factory,
    KunciApiFactory,
    PengaduanFactory,
)
from tests.factories.survei import JawabanSurveiFactory, KartuSkorFactory, SurveiFactory
from tests.factories.tim import tim_lengkap
from tests.factories.unit import UnitLayananFactory
from tests.factories.usulan import CalonFactory, KuotaFactory, UndanganFactory


__all__ = [
    "APBDesFactory",
    "AngkatanFactory",
    "AturanIsianFactory",
    "BarisAPBDesFactory",
    "BerkasImporFactory",
    "ButirFactory",
    "CalonFactory",
    "CapaianFactory",
    "DatasetFactory",
    "DelegasiFactory",
    "EvaluasiFactory",
    "GapFactory",
    "HariLiburFactory",
    "IndikatorFactory",
    "IsianFactory",
    "JawabanBakuFactory",
    "JawabanSurveiFactory",
    "KartuSkorFactory",
    "KategoriFactory",
    "KelasFactory",
    "KirimanOpen311Factory",
    "KunciApiFactory",
    "KuotaFactory",
    "ModulFactory",
    "NilaiFactory",
    "NotifikasiFactory",
    "OrangFactory",
    "PemetaanKegiatanFactory",
    "PengaduanFactory",
    "PengerjaanFactory",
    "PenggunaFactory",
    "PenugasanFactory",
    "PertanyaanEvaluasiFactory",
    "PesanKeluarFactory",
    "PesertaFactory",
    "PresensiFactory",
    "ProgramFactory",
    "RancanganFactory",
    "RtlFactory",
    "SesiFactory",
    "SurveiFactory",
    "TargetFactory",
    "TesFactory",
    "UndanganFactory",
    "UnitLayananFactory",
    "UnsurPesertaFactory",
    "tim_lengkap",
]
