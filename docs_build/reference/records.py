"""The records that everything is kept in, from the docstrings of model/."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import msgspec

import vientro.model
from reference.tables import code, table

if TYPE_CHECKING:
    from types import ModuleType

_HEAD = """# Records

Everything is kept in these, immutable and with types. [How it is built](../DESIGN.md) says what the words mean, and
[what a claim is](../GUIDE.md) how claims are coded.
"""


def page() -> str:
    modules = [import_module(f"vientro.model.{found.name}") for found in iter_modules(vientro.model.__path__)]
    return "\n\n".join([_HEAD, *filter(None, map(_module, modules))]) + "\n"


def _module(module: ModuleType) -> str:
    own = [found for found in vars(module).values() if inspect.isclass(found) and found.__module__ == module.__name__]
    parts = [f"### {found.__name__}\n\n{record(found)}" for found in own if is_record(found)]
    values = [
        (code(name), ", ".join(map(code, get_args(alias))))
        for name, alias in vars(module).items()
        if get_origin(alias) is Literal and not name.startswith("_")
    ]
    if not parts and not values:
        return ""
    return "\n\n".join([f"## {module.__name__}\n\n{inspect.getdoc(module)}", table(("values", "one of"), values), *parts])


def is_record(found: Any) -> bool:
    return not found.__name__.startswith("_") and (is_dataclass(found) or issubclass(found, msgspec.Struct))


def record(found: Any) -> str:
    """What a record says of itself, and its fields with type and default."""
    told = inspect.getdoc(found) if found.__doc__ and not found.__doc__.startswith(f"{found.__name__}(") else ""
    return f"{told or ''}\n\n{table(('field', 'type', 'default'), map(_row, _fields(found)))}"


def _fields(found: Any) -> list[tuple[str, Any, Any]]:
    if is_dataclass(found):
        return [(one.name, one.type, one.default if one.default_factory is MISSING else one.default_factory()) for one in fields(found)]
    given = [
        (one.name, one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory())
        for one in msgspec.structs.fields(found)
    ]
    return [(name, found.__annotations__[name], MISSING if default is msgspec.NODEFAULT else default) for name, default in given]


def _row(field: tuple[str, Any, Any]) -> tuple[str, str, str]:
    name, kind, default = field
    if isinstance(default, msgspec.Struct):
        default = "{}"
    shown = "" if default is MISSING else code(default if isinstance(default, str) and default else repr(default))
    return code(name), code(kind), shown
