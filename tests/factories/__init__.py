from tests.factories.belanja import APBDesFactory, BarisAPBDesFactory
from tests.factories.impor import BerkasImporFactory
from tests.factories.orang import OrangFactory, PenggunaFactory, PenugasanFactory


__all__ = [
    "APBDesFactory",
    "BarisAPBDesFactory",
    "BerkasImporFactory",
    "OrangFactory",
    "PenggunaFactory",
    "PenugasanFactory",
]
