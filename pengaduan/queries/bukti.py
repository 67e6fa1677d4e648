"""Proof that a device worked for its report: a small sum that no person sees, in the shape of ALTCHA.

The task belongs to the key of one form, so that a solved one is worth exactly that report, however often it is sent.
"""

import json
from base64 import b64decode
from binascii import Error
from hashlib import sha256

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution

from p3pd_portal.lib.sandi import tanda


TERBESAR = 50_000
"""A telephone finds the number in a second or two; whoever sends ten thousand reports works for hours."""


def tantangan(kunci: str) -> str:
    """The task for a form, as the script in the page reads it."""
    options = ChallengeOptions(hmac_key=_rahasia(), max_number=TERBESAR, params={"formulir": _of(kunci)})
    return json.dumps(create_challenge(options).to_dict())


def is_terbukti(jawaban: str, kunci: str) -> bool:
    """Whether an answer solves the task of this form."""
    try:
        salt = str(json.loads(b64decode(jawaban, validate=True))["salt"])
        fits, _problem = verify_solution(jawaban, _rahasia(), check_expires=False)
    except (Error, ValueError, KeyError, TypeError, AttributeError):
        return False
    return bool(fits) and f"formulir={_of(kunci)}" in salt.split("?")[-1].split("&")


def _rahasia() -> str:
    return tanda("pengaduan.bukti", "").hex()


def _of(kunci: str) -> str:
    return sha256(kunci.encode()).hexdigest()[:32]
