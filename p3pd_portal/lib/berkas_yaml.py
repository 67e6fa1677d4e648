"""Reference data in YAML, read by the parser in C: the one in Python takes eight times as long."""

from pathlib import Path
from typing import Any

import yaml


def read_yaml(file: Path) -> Any:
    """What a file says, plain values only.

    Raises:
        yaml.YAMLError: it is no YAML; the message has line and column.
        UnicodeDecodeError: it is not UTF-8.
    """
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
