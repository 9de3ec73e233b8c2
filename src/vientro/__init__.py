"""vientro reads news and keeps the ledger of support between international actors, every figure tied to the words it came from.

The public names are loaded when they are first used: the lexicons of the readers take a moment.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vientro.pipeline import open_ledger, read
    from vientro.reading.actors import find_actors
    from vientro.reading.amounts import find_amounts
    from vientro.reading.dating import find_date
    from vientro.reading.equipment import find_equipment
    from vientro.reading.quantities import find_quantities
    from vientro.reading.times import find_times

    __version__: str

__all__ = [
    "__version__",
    "find_actors",
    "find_amounts",
    "find_date",
    "find_equipment",
    "find_quantities",
    "find_times",
    "open_ledger",
    "read",
]

_HOMES = {
    "find_actors": "vientro.reading.actors",
    "find_amounts": "vientro.reading.amounts",
    "find_date": "vientro.reading.dating",
    "find_equipment": "vientro.reading.equipment",
    "find_quantities": "vientro.reading.quantities",
    "find_times": "vientro.reading.times",
    "open_ledger": "vientro.pipeline",
    "read": "vientro.pipeline",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("vientro")
    if name not in _HOMES:
        raise AttributeError(f"module 'vientro' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
