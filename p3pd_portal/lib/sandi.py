"""What a copy of the database must not tell: texts that are kept encrypted, and the marks of codes kept in their place.

Keys follow from SECRET_KEY; what an earlier one of SECRET_KEY_FALLBACKS made can still be read and recognised. Each
purpose has keys of its own, so that nothing made for one passes for another.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _keys() -> list[bytes]:
    return [str(key).encode() for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def cipher(purpose: str) -> MultiFernet:
    """Encrypts with the key of today and reads those of before."""
    digests = (sha256(f"{purpose} ".encode() + key).digest() for key in _keys())
    return MultiFernet(Fernet(urlsafe_b64encode(digest)) for digest in digests)


def tanda(purpose: str, text: str) -> bytes:
    """The 32 bytes that stand for a text: the same text gives the same mark, and nothing leads back."""
    return _marks(purpose, text)[0]


def bertanda(purpose: str, text: str, mark: bytes) -> bool:
    """Whether a mark was made of this text, now or with an earlier key; it takes as long either way."""
    found = [hmac.compare_digest(own, mark) for own in _marks(purpose, text)]
    return any(found)


def _marks(purpose: str, text: str) -> Sequence[bytes]:
    return [hmac.digest(key, f"{purpose}\0{text}".encode(), sha256) for key in _keys()]
