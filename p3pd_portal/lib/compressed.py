"""Published lists arrive as they are or packed with gzip; a reader sees no difference."""

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from p3pd_portal.lib.spreadsheet import rejected


_GZIP_MAGIC = b"\x1f\x8b"


@contextmanager
def open_plain(path: Path) -> Iterator[BinaryIO]:
    """A file for reading, unpacked into a temporary one if it is gzip, whatever its name ends in.

    Raises:
        OSError: it cannot be opened.
        Rejected: damaged gzip.
    """
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP_MAGIC
        file.seek(0)
        if not packed:
            yield file
            return
        with tempfile.TemporaryFile() as plain:
            try:
                with gzip.open(file) as content:
                    shutil.copyfileobj(content, plain)
            except (gzip.BadGzipFile, EOFError, zlib.error) as error:
                raise rejected("Berkas .gz rusak atau terpotong. Unduh lagi dari sumbernya.") from error
            plain.seek(0)
            yield plain
