"""Reference data in YAML."""

from pathlib import Path

import pytest
import yaml

from p3pd_portal.lib.berkas_yaml import read_yaml


def test_plain_values(tmp_path: Path) -> None:
    file = tmp_path / "acuan.yaml"
    file.write_text("- {kode: KES, nama: Kesehatan é, berlaku: 2024-01-31, n: 3}\n", encoding="utf-8")
    (row,) = read_yaml(file)
    assert (row["nama"], row["berlaku"].isoformat(), row["n"]) == ("Kesehatan é", "2024-01-31", 3)


@pytest.mark.parametrize("text", ["a: [1", "!!python/object/apply:os.getcwd []"])
def test_what_is_no_plain_yaml_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "acuan.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(yaml.YAMLError):
        read_yaml(file)
