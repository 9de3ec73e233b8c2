"""What the charts draw: two profiles side by side, by donor, over time and by class, each with its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from vientro.ledger.counting.cells import Figure, added
from vientro.ledger.counting.count import Count, Question
from vientro.ledger.counting.periods import UNDATED
from vientro.ledger.counting.profiles import shipped
from vientro.model.errors import InputError
from vientro.publish.charts import Bar, Look, svg
from vientro.publish.countwords import bounds, called
from vientro.publish.dates import first_day
from vientro.publish.words import code_of
from vientro.serve.filters import CURRENCIES, PROFILES, day_in, one_of
from vientro.serve.say import say
from vientro.serve.totals import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import QueryParams

    from vientro.publish.words import Lang
    from vientro.serve.shelf import View

Name = Literal["donors", "time", "classes"]
NAMES: tuple[Name, ...] = get_args(Name)
PERIODS = ("year", "month")
NONE = "none"
_MOST = 15  # places in a picture; the table has all
_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the charts are to show: one profile against another (or none), in which currency, of whom and for whom, as of which day."""

    profiles: tuple[str, ...] = ("pledged", "delivered")
    currency: str = "EUR"
    donor: str | None = None
    recipient: str | None = None
    period: str = "year"
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A place of a chart, and the figure of each profile there. `undated` is a place of acts without a day."""

    place: str
    figures: tuple[Figure, ...]
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as a table: its rows, and below them the totals. `left_out` counts the steps that each profile leaves out."""

    name: Name
    rows: tuple[Row, ...]
    total: Row
    left_out: tuple[int, ...]
    tables: tuple[str, ...]

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows of the picture: those with a figure; of donors and classes the largest."""
        known = [row for row in self.rows if any(figure.low is not None and figure.steps for figure in row.figures)]
        return tuple(known[-_MOST * 2 :] if self.name == "time" else known[:_MOST])


def asked_of(given: QueryParams) -> Asked:
    """What is asked for in an address; raises InputError for a value that there is none of."""
    against = given.get("against") or "delivered"
    if against not in (NONE, *PROFILES):
        raise InputError(f"against={against}", "there is no such profile", f"Give one of: {', '.join((NONE, *PROFILES))}")
    profile = one_of(given, "profile", ("pledged", *PROFILES))
    parties = [(given.get(name) or "").strip()[:200] for name in ("donor", "recipient")]
    donor, recipient = (party and (code_of(party) or party) for party in parties)
    return Asked(
        tuple(dict.fromkeys((profile, *((against,) if against != NONE else ())))),
        one_of(given, "currency", CURRENCIES),
        donor or None,
        recipient or None,
        one_of(given, "period", PERIODS),
        day_in(given, "as-of"),
    )


def by_of(name: Name, asked: Asked) -> str:
    """The dimension of counting that a chart divides by."""
    return {"donors": "donor", "time": asked.period, "classes": "class"}[name]


def drawing(view: View, name: Name, asked: Asked, lang: Lang) -> Drawing:
    """The figures of one chart. Over time, acts without a day stay apart (T3), by the period in which they were first told of (T1)."""
    by = by_of(name, asked)
    dimensions = (by, f"told-{by}") if name == "time" else (by,)
    end = view.book.newest
    counts = [
        counted(view, Question(shipped(one), dimensions, asked.currency, asked.donor, asked.recipient, lines=False, data_end=end))
        for one in asked.profiles
    ]
    held = [_held(count) for count in counts]
    places = sorted({place for figures in held for place in figures})
    if name == "time":
        places.sort(key=lambda place: (place.startswith(UNDATED), first_day(place), place))
    else:
        places.sort(key=lambda place: -max(_size(figures.get(place)) for figures in held))
    rows = [
        Row(_called(place, by, lang), tuple(figures.get(place, Figure()) for figures in held), place.startswith(UNDATED))
        for place in places
    ]
    total = Row(say("count.total", lang), tuple(count.total.figure for count in counts))
    left_out = tuple(sum(map(len, count.left_out.values())) for count in counts)
    return Drawing(name, tuple(rows), total, left_out, tuple(sorted({table for count in counts for table in count.tables})))


def _held(count: Count) -> Mapping[str, Figure]:
    """The figures by place; those of undated acts by when they were told of."""
    held: dict[str, Figure] = {}
    for cell in count.cells:
        place, *told = cell.key
        place = f"{UNDATED} {told[0]}" if told and place == UNDATED else place
        held[place] = added(held[place], cell.figure) if place in held else cell.figure
    return held


def _called(place: str, by: str, lang: Lang) -> str:
    undated, _, told = place.partition(" ")
    if undated != UNDATED or not told or told == UNDATED:
        return called(undated if undated == UNDATED else place, by, lang)
    return say("chart.undated", lang, called(told, f"told-{by}", lang))


def picture(found: Drawing, asked: Asked, look: Look) -> bytes:
    """A chart as SVG; raises InputError where the parts that draw are not installed."""
    series = [say(f"profile.{one}", look.lang) for one in asked.profiles]
    bars = [
        Bar(row.place, name, figure.low / _MILLION, _millions(figure.best), _millions(figure.high), row.undated)
        for row in found.drawn
        for name, figure in zip(series, row.figures, strict=True)
        if figure.low is not None and figure.steps
    ]
    unit = say("count.unit", look.lang, asked.currency)
    places = [row.place for row in found.drawn]
    return svg(bars, places, series, unit=unit, description=spoken(found, asked, look.lang), look=look)


def _millions(value: float | None) -> float | None:
    return None if value is None else value / _MILLION


def spoken(found: Drawing, asked: Asked, lang: Lang) -> str:
    """The chart in a sentence: its largest figures."""
    told = []
    for row in _largest(found):
        figures = zip(asked.profiles, row.figures, strict=True)
        told.append(f"{row.place}: " + ", ".join(f"{say(f'profile.{one}', lang)} {shown(figure, lang)}" for one, figure in figures))
    return say("chart.spoken", lang, say(f"chart.{found.name}", lang), say("count.unit", lang, asked.currency), "; ".join(told) or "–")


def shown(figure: Figure, lang: Lang) -> str:
    """A figure as it stands in the table: "–" where no act is in it."""
    return bounds(figure, lang) if figure.steps else "–"


def _largest(found: Drawing) -> Sequence[Row]:
    return sorted(found.drawn, key=lambda row: -max(map(_size, row.figures)))[:3]


def _size(figure: Figure | None) -> float:
    return max((value for value in (figure.low, figure.best, figure.high) if value is not None), default=0.0) if figure else 0.0
