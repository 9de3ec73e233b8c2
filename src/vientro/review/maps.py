"""Column maps: how the rows of somebody's table are to be read, each a file that an analyst can mend (docs/decisions.md)."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal

import msgspec

from vientro.model.errors import InputError

Days = Literal["iso", "dmy", "mdy"]
_HOME = files("vientro.review") / "maps"


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a slot comes from: a column, through `values` where it has codes of its own (compared in small letters; `otherwise` for the
    rest), or always the same thing (`fixed`). `split` parts several parties in one cell."""

    column: str | None = None
    values: dict[str, str] = {}
    otherwise: str | None = None
    fixed: list[str] = []
    split: str = ";"


class Sum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sum: its column, and its currency by name of a column or always the same; `scale` is what one unit of the column is worth.

    `low` and `high` are columns of bounds, for sums of which the first column has no figure; `per` says of what period a sum is.
    """

    column: str
    low: str | None = None
    high: str | None = None
    per: str | None = None
    currency: str | None = None
    always: str | None = None
    scale: float = 1.0


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Things: the column that names them, that of their number, and the one that says of what class they are, through `classes`."""

    column: str
    number: str | None = None
    kind: str | None = None
    classes: dict[str, str] = {}


class Slots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: Cell
    actors: Cell = Cell()
    recipients: Cell = Cell()
    addressees: Cell = Cell()
    modality: Cell = Cell(fixed=["actual"])
    scope: Cell = Cell(fixed=["act"])
    support: Cell = Cell()
    mode: Cell = Cell()
    date: Cell = Cell()
    due: Cell = Cell()
    horizon: Cell = Cell()
    amounts: list[Sum] = []
    items: list[Thing] = []


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the acts that a row tells, made where its column `when` has something; `name` is added to the key of the row."""

    slots: Slots
    name: str = ""
    when: str | None = None


class Map(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table is read. The header is the first row with all columns of `needs`; a column without a name has that of the one before it
    and a "?". `key` are the columns that name a row, `says` those that make up its text, all if none is named; `names` are spellings of
    parties, by their code; `fields` are cells to keep beside the slots."""

    database: str
    needs: list[str]
    key: list[str]
    acts: list[Act]
    says: list[str] = []
    published: str | None = None
    url: str | None = None
    days: Days = "iso"
    names: dict[str, str] = {}
    fields: dict[str, str] = {}


def names() -> list[str]:
    """The names of the shipped maps."""
    return sorted(file.name.removesuffix(".toml") for file in _HOME.iterdir() if file.name.endswith(".toml"))


def shipped(name: str) -> Map:
    """A shipped map; raises InputError for a name that is none."""
    if name not in names():
        raise InputError(f"map {name!r}", "there is no such map", f"Maps: {', '.join(names())}; or give a file of your own, FILE.toml")
    return parse((_HOME / f"{name}.toml").read_text("utf-8"), f"{name}.toml")


def parse(content: str, file: str) -> Map:
    """The map in a file's content; raises InputError, naming the file and what is wrong."""
    try:
        return msgspec.convert(tomllib.loads(content), Map)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(file, f"is no column map ({error})", "docs/decisions.md says what a map holds") from error
