import pytest

from tests.pengaduan.dunia import load_acuan


@pytest.fixture(autouse=True)
def aturan(acuan: None) -> None:
    """Subjects and limits of days."""
    load_acuan()
