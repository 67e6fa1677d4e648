"""A tiny language for rules: names, numbers, + - * /, comparisons, and/or/not, and functions of one argument.

Python's parser reads it, Python never runs it: the tree becomes a chain of our own steps, and whatever is not listed
here is refused while reading. Figures are Decimal, statements true or false; what is missing stays missing (None).
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from p3pd_portal.lib import rumus_langkah as langkah
from p3pd_portal.lib.angka import angka_perlu
from p3pd_portal.lib.rumus_langkah import Env, Langkah


Nilai = Decimal | bool | None

MAKS_HURUF = 300
MAKS_DALAM = 20
MAKS_ANGKA = 10**12

_TANDA = "+ - * / < <= > >= == != and or not, kurung, desimal dengan titik, dan teks dalam tanda kutip"
_TOKEN = re.compile(r"""[ ]+|[A-Za-z_]+|\d+(?:\.\d+)?(?![\w.])|"[\w.-]*"|'[\w.-]*'|[<>=!]=|[-+*/<>()]""", re.ASCII)
_LUBANG = re.compile(r"\{([^{}]*)\}")


class Jenis(Enum):
    """What a part of an expression is; figures and statements never mix."""

    ANGKA = "angka"
    PERNYATAAN = "pernyataan benar atau salah"


class Isian(Enum):
    """What a function takes: any figure, the name of a column, or a text."""

    ANGKA = "angka"
    KOLOM = "nama kolom"
    TEKS = "teks dalam tanda kutip"


@dataclass(frozen=True)
class Fungsi:
    isian: Isian
    hasil: Jenis = Jenis.ANGKA


_BAWAAN = {"abs": Fungsi(Isian.ANGKA), "bulat": Fungsi(Isian.ANGKA, Jenis.PERNYATAAN)}


@dataclass(frozen=True)
class Kosakata:
    """What a rule may speak of.

    Attributes:
        nama: values, with what they are.
        kolom: names that only a function takes, as its argument.
        fungsi: functions that the surroundings bring; `abs` and `bulat` (is whole) are always there.
    """

    nama: Mapping[str, Jenis]
    kolom: frozenset[str]
    fungsi: Mapping[str, Fungsi]


@dataclass(frozen=True)
class Rumus:
    """A rule that was read.

    Attributes:
        names: values, columns and functions it uses.
        teks: texts that its functions are given.
    """

    names: frozenset[str]
    teks: frozenset[str]
    langkah: Langkah

    def evaluate(self, env: Env) -> Nilai:
        """None when something it needs is missing, by zero, or beyond all figures. Never raises."""
        result: Nilai = self.langkah(env)
        return result


@dataclass(frozen=True)
class Kalimat:
    """A sentence with expressions in braces, written out with their figures."""

    bagian: tuple[str | Rumus, ...]

    @property
    def rumus(self) -> list[Rumus]:
        return [satu for satu in self.bagian if isinstance(satu, Rumus)]

    def write(self, env: Env) -> str:
        return "".join(satu if isinstance(satu, str) else _figure(satu.evaluate(env)) for satu in self.bagian)


def parse_rumus(text: str, kosakata: Kosakata, jenis: Jenis = Jenis.PERNYATAAN) -> Rumus:
    """Raises:
    ValueError: what cannot be read or is not allowed, and in which column (counted from 1, without blanks in front).
    """
    text = text.strip()
    if not text or len(text) > MAKS_HURUF:
        raise ValueError(f"Rumus berisi 1 sampai {MAKS_HURUF} huruf; ini {len(text)}.")
    _check_tokens(text)
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        where = f"mulai kolom {error.offset or 1}"
        raise ValueError(f"Rumus tidak dapat dibaca {where}: periksa tanda dan kurung.") from None
    except (MemoryError, RecursionError):
        raise ValueError("Rumus terlalu bertingkat: kurangi kurungnya.") from None
    reader = _Pembaca(text, kosakata)
    first = reader.read(tree, jenis)
    return Rumus(frozenset(reader.names), frozenset(reader.teks), first)


def parse_kalimat(text: str, kosakata: Kosakata) -> Kalimat:
    """Raises:
    ValueError: braces that do not close, or an expression in them that is no figure; see `parse_rumus`.
    """
    plain = _LUBANG.split(text)
    if any(brace in "".join(plain[::2]) for brace in "{}"):
        raise ValueError("Kurung kurawal tidak berpasangan: tulis seperti {pembilang}.")
    parts: list[str | Rumus] = list(plain)
    for number in range(1, len(plain), 2):
        try:
            parts[number] = parse_rumus(plain[number], kosakata, Jenis.ANGKA)
        except ValueError as error:
            raise ValueError(f"{{{plain[number]}}}: {error}") from None
    return Kalimat(tuple(parts))


def _figure(value: Nilai) -> str:
    return angka_perlu(value if isinstance(value, Decimal) else None)


def _check_tokens(text: str) -> None:
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            shown = text[position : position + 10]
            raise ValueError(f"“{shown}” (kolom {position + 1}) tidak dikenal. Yang dipakai: {_TANDA}.")
        position = token.end()


class _Pembaca:
    """Turns a tree into steps, and keeps the names it meets."""

    def __init__(self, text: str, kosakata: Kosakata) -> None:
        self.text = text
        self.kosakata = kosakata
        self.names: set[str] = set()
        self.teks: set[str] = set()
        self.dalam = 0

    def read(self, node: ast.expr, jenis: Jenis) -> Langkah:
        """The step of a part that must be of a kind."""
        self.dalam += 1
        if self.dalam > MAKS_DALAM:
            raise self.refused(node, "terlalu bertingkat: pecah menjadi beberapa rumus")
        found, step = self.dispatch(node)
        self.dalam -= 1
        if found is not jenis:
            raise self.refused(node, f"adalah {found.value}, padahal di sini harus {jenis.value}")
        return step

    def refused(self, node: ast.expr, why: str = "tidak dikenal dalam rumus") -> ValueError:
        shown = self.text[node.col_offset : node.end_col_offset]
        return ValueError(f"“{shown[:40]}” (kolom {node.col_offset + 1}) {why}.")

    def dispatch(self, node: ast.expr) -> tuple[Jenis, Langkah]:
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return Jenis.ANGKA, self.number(node, value)
            case ast.Name(id=name):
                return self.name(node, name)
            case ast.BinOp() if type(node.op) in langkah.HITUNG:
                pair = [self.read(side, Jenis.ANGKA) for side in (node.left, node.right)]
                return Jenis.ANGKA, _figures(langkah.HITUNG[type(node.op)], *pair)
            case ast.UnaryOp(op=ast.USub()):
                return Jenis.ANGKA, _figures(langkah.KONTEKS.minus, self.read(node.operand, Jenis.ANGKA))
            case ast.Call():
                return self.call(node)
        return Jenis.PERNYATAAN, self.statement(node)

    def statement(self, node: ast.expr) -> Langkah:
        match node:
            case ast.UnaryOp(op=ast.Not()):
                return partial(langkah.negated, self.read(node.operand, Jenis.PERNYATAAN))
            case ast.BoolOp():
                parts = [self.read(part, Jenis.PERNYATAAN) for part in node.values]
                return partial(langkah.joined, isinstance(node.op, ast.Or), parts)
            case ast.Compare() if all(type(op) in langkah.BANDING for op in node.ops):
                sides = [self.read(side, Jenis.ANGKA) for side in (node.left, *node.comparators)]
                pairs = zip(node.ops, sides, sides[1:], strict=False)
                return partial(langkah.joined, False, [_figures(langkah.BANDING[type(op)], a, b) for op, a, b in pairs])
        raise self.refused(node)

    def name(self, node: ast.expr, name: str) -> tuple[Jenis, Langkah]:
        if name in self.kosakata.nama:
            self.names.add(name)
            return self.kosakata.nama[name], operator.itemgetter(name)
        if name in self.kosakata.kolom:
            raise self.refused(node, "hanya dipakai di dalam fungsi, misalnya sum(pembilang)")
        raise self.refused(node, f"tidak dikenal di sini. Nama yang ada: {_listed(self.kosakata.nama)}")

    def number(self, node: ast.expr, value: float) -> Langkah:
        if value >= MAKS_ANGKA:
            raise self.refused(node, "terlalu besar untuk sebuah rumus")
        number = Decimal(repr(value))
        return lambda env: number

    def call(self, node: ast.Call) -> tuple[Jenis, Langkah]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        fungsi = _BAWAAN.get(name) or self.kosakata.fungsi.get(name)
        if fungsi is None:
            known = _listed((*_BAWAAN, *self.kosakata.fungsi))
            raise self.refused(node.func, f"bukan fungsi yang dikenal di sini. Fungsi yang ada: {known}")
        if len(node.args) != 1 or node.keywords:
            raise self.refused(node, f"salah: {name} diisi satu {fungsi.isian.value}")
        self.names.add(name)
        if fungsi.isian is Isian.ANGKA:
            return fungsi.hasil, _figures(langkah.BAWAAN[name], self.read(node.args[0], Jenis.ANGKA))
        return fungsi.hasil, partial(langkah.called, name, self.argument(node.args[0], fungsi.isian, name))

    def argument(self, node: ast.expr, isian: Isian, fungsi: str) -> str:
        match node:
            case ast.Name(id=name) if isian is Isian.KOLOM and name in self.kosakata.kolom:
                self.names.add(name)
                return name
            case ast.Constant(value=str() as text) if isian is Isian.TEKS:
                self.teks.add(text)
                return text
        known = f": {_listed(self.kosakata.kolom)}" if isian is Isian.KOLOM else ""
        raise self.refused(node, f"salah: {fungsi} diisi {isian.value}{known}")


def _figures(work: Callable[..., Any], *steps: Langkah) -> Langkah:
    return partial(langkah.figures, work, steps)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
