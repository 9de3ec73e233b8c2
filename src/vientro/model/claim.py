"""The claim: one article says that one act of the cycle of support happened, will, may or should."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vientro.model.article import Span, ZoneKind
from vientro.model.mention import Bound

Type = Literal[
    "request", "commit", "approve", "procure", "deliver", "train", "suspend", "resume", "refuse",
    "block", "decline", "urge", "oppose", "sanction", "ease", "consult",
]  # fmt: skip
Modality = Literal["actual", "planned", "possible", "conditional", "alleged", "denied"]
Scope = Literal["act", "total", "habit"]
Support = Literal["military", "financial", "humanitarian", "mixed"]
Mode = Literal["aid", "loan", "guarantee", "swap", "sale", "financed"]
IMPORT = "import"  # the first word of the reader of an imported row; the name of its database follows


@dataclass(frozen=True, slots=True)
class Count:
    """How many of an item: the quantity without its place in the text."""

    value: float
    bound: Bound = "exact"
    max: float | None = None
    unit: str | None = None
    of: float | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What is given, asked or sold. `text` is verbatim; `model` is NFC."""

    cls: str
    text: str
    span: Span
    model: str | None = None
    quantity: Count | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """A sum with its bound. `span` is where it stands."""

    value: float
    currency: str
    bound: Bound
    span: Span
    max: float | None = None
    per: str | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A value of a role: a code of codes.txt, else words of the text in NFC, and where it stands (None where it is inferred)."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain of attribution, the nearest first: who says it, as what (code of the state or body spoken for)."""

    name: str
    code: str | None = None
    kind: str = "person"
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. Immutable; `id` is its anchor (article, evidence span, type; ids.anchor), which a newer reader keeps (ids.inherit).

    `date`, `due` and `horizon` are EDTF or None. `confidence` is the calibrated chance that type, place, roles and modality are right.
    """

    id: str
    article_id: str
    type: Type
    modality: Modality
    span: Span
    evidence: str
    actors: tuple[Role, ...] = ()
    recipients: tuple[Role, ...] = ()
    addressees: tuple[Role, ...] = ()
    scope: Scope = "act"
    support: Support | None = None
    mode: Mode | None = None
    items: tuple[Item, ...] = ()
    amounts: tuple[Money, ...] = ()
    date: str | None = None
    due: str | None = None
    horizon: str | None = None
    speaker: Role | None = None
    chain: tuple[Source, ...] = ()
    trigger: str = ""
    zone: ZoneKind = "body"
    confidence: float = 1.0
    reader: str = ""

    @property
    def database(self) -> str:
        """The database whose row the claim is; "" where it was read, or added by hand."""
        first, _, name = self.reader.partition(" ")
        return name if first == IMPORT else ""
