"""Taste that a program can check: sizes, leftovers, and things that must agree with each other."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings


pytestmark = pytest.mark.kebiasaan

ROOT = settings.BASE_DIR
APPS = ("p3pd_portal", "kecamatan", "layanan_dasar", "pengaduan", "pelatihan")
CODE = sorted(file for app in APPS for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN_WORDS = ("submit", "upload", "error", "user", "login", "klik", "silahkan", "email", "download", "password")


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _percentile(values: list[int], part: float) -> int:
    return sorted(values)[max(0, round(part * len(values)) - 1)]


def _functions(files: list[Path]) -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (file, node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]


def _length(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    doc = node.body[0] if ast.get_docstring(node) else None
    return (node.end_lineno or 0) - node.lineno + 1 - ((doc.end_lineno or 0) - doc.lineno + 1 if doc else 0)


def test_functions_are_short() -> None:
    sizes = [_length(node) for _, node in _functions(CODE)]
    long = [f"{file.name}:{node.name}" for file, node in _functions(CODE) if _length(node) > 60]
    assert statistics.median(sizes) <= 10
    assert _percentile(sizes, 0.9) <= 30
    assert long == []


def test_views_are_short() -> None:
    views = [file for file in CODE if file.name == "views.py" or file.parent.name == "views"]
    sizes = {node.name: _length(node) for _, node in _functions(views)}
    assert statistics.median(sizes.values()) <= 15
    assert max(sizes.values()) <= 40


def test_files_are_short() -> None:
    sizes = [_lines(file) for file in CODE]
    assert _percentile(sizes, 0.9) <= 200
    assert [str(file) for file in [*CODE, *TESTS] if _lines(file) > 400] == []


def test_templates_are_short() -> None:
    sizes = [_lines(file) for file in TEMPLATES]
    assert statistics.median(sizes) <= 45
    assert max(sizes) <= 200


def test_there_are_as_many_lines_of_tests_as_of_code() -> None:
    assert sum(map(_lines, TESTS)) >= sum(map(_lines, CODE))


def test_readme_is_short() -> None:
    assert _lines(ROOT / "README.md") <= 120


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_holds_no_inline_code_and_no_unescaped_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|{% autoescape|<style|style=|\son\w+=|javascript:|hx-on", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_python_marks_nothing_safe() -> None:
    guilty = [str(file) for file in CODE if re.search(r"mark_safe|\beval\(|\bexec\(", file.read_text())]
    assert guilty == []


def test_only_programs_write_without_the_token_of_a_form() -> None:
    """They have no cookie that a foreign page could use, and show a key; tests/pengaduan/views/test_open311.py holds
    every one of these views to that."""
    names = [str(file.relative_to(ROOT)) for file in CODE for _hit in re.findall("@.*csrf_exempt", file.read_text())]
    assert names == ["pengaduan/views/open311_pintu.py"]
    others = [file for file in CODE if "csrf_exempt" in file.read_text() and file.name != "open311_pintu.py"]
    assert others == []


def test_every_template_is_used() -> None:
    by_name = ("400", "403", "403_csrf", "404", "429", "500", "account/", "mfa/", "socialaccount/")
    everything = "\n".join(file.read_text(encoding="utf-8") for file in [*CODE, *TEMPLATES])
    names = [str(file.relative_to(ROOT / "templates")) for file in TEMPLATES]
    unused = [name for name in names if f'"{name}"' not in everything and not name.startswith(by_name)]
    assert unused == []


def test_every_static_file_of_ours_is_used() -> None:
    everything = "\n".join(file.read_text(encoding="utf-8") for file in TEMPLATES)
    ours = [file for folder in ("css", "js", "vendor") for file in (ROOT / "static" / folder).rglob("*.*")]
    served = [str(file.relative_to(ROOT / "static")) for file in ours if file.suffix in (".css", ".js")]
    assert [name for name in served if f'"{name}"' not in everything] == []


def test_every_block_of_a_style_sheet_ends() -> None:
    for file in sorted((ROOT / "static" / "css").glob("*.css")):
        text = file.read_text(encoding="utf-8")
        assert text.count("{") == text.count("}"), file.name


def test_pages_speak_indonesian() -> None:
    """Words a camat should not have to translate, in the visible text of templates."""
    guilty = []
    for file in TEMPLATES:
        text = file.read_text(encoding="utf-8")
        shown = re.findall(r'{% translate "([^"]*)"', text) + re.findall(r"%}([^{%}]+){% endblocktranslate", text)
        words = {word.lower() for phrase in shown for word in re.findall(r"\w+", phrase)}
        guilty += [f"{file.name}: {word}" for word in words.intersection(FORBIDDEN_WORDS)]
    assert guilty == []


def test_labels_of_models_are_lower_case() -> None:
    """Names and abbreviations excepted."""
    labels = [
        str(label)
        for model in apps.get_models()
        if model.__module__.startswith(APPS)
        for label in (model._meta.verbose_name, *(field.verbose_name for field in model._meta.fields))
    ]
    proper = (
        "API",
        "APBDes",
        "BPS",
        "Dana",
        "Desa",
        "I",
        "IBDB",
        "IKM",
        "ID",
        "NIP",
        "Open311",
        "Perdes",
        "RTL",
        "SHA-256",
        "SK",
        "SKM",
        "SP4N-LAPOR!",
        "Siskeudes",
    )
    assert [
        label for label in labels if any(word[:1].isupper() for word in label.split() if word.strip("()") not in proper)
    ] == []


def test_nothing_is_left_behind() -> None:
    """Notes to oneself, prints, and breakpoints belong nowhere."""
    pattern = re.compile(r"\b(TODO|FIXME|XXX)\b|breakpoint\(|import pdb")
    files = [file for file in [*CODE, *TEMPLATES, *TESTS] if file != Path(__file__)]
    assert [str(file) for file in files if pattern.search(file.read_text(encoding="utf-8"))] == []


def test_every_dependency_says_where_it_is_used() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[tool.")]
    dependencies = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert dependencies
    assert [line for line in dependencies if "# " not in line] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)
        assert len(pinned) > 20
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(pinned)


def test_the_development_lock_agrees_with_the_production_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+==[^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_no_file_holds_a_path_of_a_machine_or_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    files = [ROOT / name for name in listed if name and not name.startswith(("static/vendor", "fixtures/contoh"))]
    pattern = re.compile(r"/(root|home/\w+|work|tmp/[a-z])/|index-url|find-links|uv\.lock")
    guilty = [
        str(file)
        for file in files
        if file.suffix in (".py", ".toml", ".txt", ".md", ".yml", ".html", "") and file.name != Path(__file__).name
        and file.is_file() and pattern.search(file.read_text(encoding="utf-8", errors="replace"))
    ]  # fmt: skip
    assert guilty == []
