"""Uploaded files stay in memory, whatever their size; what is too much is not kept at all."""

from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from p3pd_portal.lib import unggahan


def files(monkeypatch: pytest.MonkeyPatch, *sizes: int) -> list[Any]:
    """What a view gets of files of these sizes; a folder for temporary files does not exist."""
    monkeypatch.setattr("tempfile.tempdir", "/tidak/ada")
    sent = {f"berkas_{n}": SimpleUploadedFile(f"{n}.zip", b"x" * size, "application/zip")
            for n, size in enumerate(sizes)}  # fmt: skip
    request = RequestFactory().post("/", sent)
    return [request.FILES[name] for name in sent]


def test_a_large_file_never_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = files(monkeypatch, 5_000_000)
    assert isinstance(file, InMemoryUploadedFile)
    assert (file.name, file.size, file.content_type) == ("0.zip", 5_000_000, "application/zip")
    assert file.read() == b"x" * 5_000_000


def test_an_empty_file_arrives_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = files(monkeypatch, 0)
    assert (file.size, file.read()) == (0, b"")


def test_of_what_is_too_much_only_the_size_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unggahan, "MOST_BYTES", 300_000)
    small, large, late = files(monkeypatch, 100_000, 200_001, 10)
    assert (small.size, len(small.read())) == (100_000, 100_000)
    assert (large.size, large.read()) == (200_001, b"")
    assert (late.size, late.read()) == (10, b"")
