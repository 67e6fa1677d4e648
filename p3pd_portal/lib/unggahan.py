"""Where a handed-in file stands while a request reads it: in memory, never on a disk.

Some files tell of people. Django would put the larger ones into a temporary file, whose blocks outlive it.
"""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from p3pd_portal.lib.spreadsheet import MB


MOST_BYTES = 40 * MB
"""Of all files of a request together; each kind of file has a smaller limit of its own."""


class DiMemori(FileUploadHandler):
    """Keeps what fits. Of a file beyond that only the size is told, for the form to refuse it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._free = MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._free -= len(raw_data)
        if self._free >= 0:
            self._content.write(raw_data)
        else:
            self._content = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, self.file_name, self.content_type, file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip
