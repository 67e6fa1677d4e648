"""Solve the task of a form as the script in the page does."""

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

from pengaduan.queries.bukti import tantangan


def solve(kunci: str) -> str:
    return solved(json.loads(tantangan(kunci)))


def solved(task: dict[str, Any]) -> str:
    for number in range(task["maxNumber"] + 1):
        if sha256(f"{task['salt']}{number}".encode()).hexdigest() == task["challenge"]:
            answer = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")} | {"number": number}
            return b64encode(json.dumps(answer).encode()).decode()
    raise AssertionError("tugas tanpa jawaban")
