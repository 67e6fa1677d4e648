"""Steps into which `p3pd_portal.lib.rumus` turns an expression. Each takes values and functions by name."""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal
from typing import Any


Env = Mapping[str, Any]
"""Values by name, and functions by name. Figures are finite and below 10**20."""
Langkah = Callable[[Env], Any]

MAKS_PANGKAT = 20
"""Decimal exponent above which a result is no figure any more."""
KONTEKS = Context(prec=28, traps=[])


def figures(work: Callable[..., Any], steps: Iterable[Langkah], env: Env) -> Any:
    """Something done with figures: None if one is missing, or if what comes out is no figure."""
    values = [step(env) for step in steps]
    if None in values:
        return None
    result = work(*values)
    if isinstance(result, Decimal) and (not result.is_finite() or result.adjusted() > MAKS_PANGKAT):
        return None
    return result


def negated(step: Langkah, env: Env) -> bool | None:
    value = step(env)
    return None if value is None else not value


def joined(decides: bool, steps: Iterable[Langkah], env: Env) -> bool | None:
    """`or` when True decides, `and` when False does; if nothing decides, what is missing leaves it open."""
    result: bool | None = not decides
    for step in steps:
        value = step(env)
        if value is decides:
            return decides
        if value is None:
            result = None
    return result


def called(name: str, argument: str, env: Env) -> Any:
    return env[name](argument)


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


HITUNG: dict[type[ast.operator], Callable[..., Decimal]] = {
    ast.Add: KONTEKS.add,
    ast.Sub: KONTEKS.subtract,
    ast.Mult: KONTEKS.multiply,
    ast.Div: KONTEKS.divide,
}
BANDING: dict[type[ast.cmpop], Callable[..., bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
BAWAAN: dict[str, Callable[..., Any]] = {"abs": Decimal.copy_abs, "bulat": _is_whole}
