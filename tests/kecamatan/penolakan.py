"""What the database itself refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """The block breaks this constraint of PostgreSQL, and no other."""
    with pytest.raises(IntegrityError, match=rf'"{constraint}"'), transaction.atomic():
        yield
