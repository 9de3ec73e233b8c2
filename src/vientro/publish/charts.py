"""Charts of counts as SVG: two profiles side by side, each figure a bar to the best with its bounds as a line over it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vientro.model.errors import InputError
from vientro.publish.safe import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.publish.words import Lang

_FONT = "Be Vietnam Pro, Noto Sans, DejaVu Sans, Liberation Sans, Arial, sans-serif"
_COLOURS = {  # of ink, softer ink, rules, the first series and the second: those of the pages
    False: ("#1c1d1b", "#595852", "#ddd8cc", "#175a94", "#1d6b3c"),
    True: ("#ebe8e1", "#aeaba2", "#383c3a", "#8cc0f0", "#7fcf9b"),
}
_NUMBERS = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}
_NO_XML = re.compile("[\ufffe\uffff]")  # beside what is never printable


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: its place, its series, and its bounds. `high` is None where it is open, `best` where none is preferred; `undated` is a
    figure whose place is no more than when it was told of, and it is drawn hollow."""

    place: str
    series: str
    low: float
    best: float | None
    high: float | None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is drawn: for a dark page, for a narrow one, in which language."""

    dark: bool = False
    narrow: bool = False
    lang: Lang = "vi"


def svg(bars: Sequence[Bar], places: Sequence[str], series: Sequence[str], *, unit: str, description: str, look: Look) -> bytes:
    """Bars by place, in this order, from left to right as large as they are. A line goes from the least to the most that a figure may be,
    and ends in an arrow where there is no most. Raises InputError where the parts that draw are not installed."""
    try:
        import altair as alt  # noqa: PLC0415  both are an extra
        import vl_convert  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise InputError("charts", "they need parts that are not installed", "pip install 'vientro[charts]'") from error
    spec = _spec(alt, bars, places, series, unit, look)
    spec["description"] = _text(description)
    made = vl_convert.vegalite_to_svg(spec, format_locale=_NUMBERS[look.lang])
    return made.encode()


def _spec(alt: Any, bars: Sequence[Bar], places: Sequence[str], series: Sequence[str], unit: str, look: Look) -> dict[str, Any]:
    ink, soft, rule, first, second = _COLOURS[look.dark]
    shown = [_text(name) for name in series]
    place = alt.Y("place:N", sort=[_text(one) for one in places], title=None)
    beside = alt.YOffset("series:N", sort=shown)
    colours = alt.Color("series:N", sort=shown, scale=alt.Scale(domain=shown, range=[first, second][: len(shown)]))
    colour = colours.legend(title=None, orient="top", symbolType="square")
    base = alt.Chart(alt.Data(values=[_row(bar) for bar in bars])).encode(y=place, yOffset=beside)
    across = alt.X("bar:Q", title=_text(unit), axis=alt.Axis(tickCount=4 if look.narrow else 7))
    hollow = {"fillOpacity": alt.condition("datum.undated", alt.value(0), alt.value(0.35))}
    dashed = {"strokeDash": alt.condition("datum.undated", alt.value([4, 3]), alt.value([1, 0]))}
    filled = base.mark_bar(strokeWidth=1.2).encode(**hollow, **dashed)
    wide = filled.encode(x=across, x2=alt.datum(0), color=colour, stroke=colours.legend(None))
    within = base.mark_rule(strokeWidth=2.2, color=ink).encode(x="low:Q", x2="high:Q")
    ends = base.mark_tick(thickness=2, size=9, color=ink)
    edges = [ends.transform_filter("datum.apart").encode(x="low:Q"), ends.transform_filter("datum.apart && !datum.open").encode(x="high:Q")]
    arrow = base.mark_point(shape="triangle-right", size=70, filled=True, color=ink).transform_filter("datum.open").encode(x="high:Q")
    layered = alt.layer(wide, within.transform_filter("datum.apart"), *edges, arrow)
    made: dict[str, Any] = (
        layered.properties(width=190 if look.narrow else 520, height=alt.Step(15), background="transparent")
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=ink, titleColor=soft, gridColor=rule, domainColor=soft, tickColor=soft, labelFontSize=12.5, titleFontSize=12.5,
            titleFontWeight="normal", labelLimit=130 if look.narrow else 220,
        )
        .configure_legend(labelColor=ink, labelFontSize=12.5)
        .to_dict()
    )  # fmt: skip
    return made


def _text(words: str) -> str:
    """Words that XML can hold: what draws ends the whole program over any others."""
    return _NO_XML.sub(" ", printable(words))


def _row(bar: Bar) -> dict[str, Any]:
    """What is drawn of a figure: an open one goes a little beyond what is known of it."""
    end = bar.best if bar.best is not None else bar.low
    high = bar.high if bar.high is not None else max(end, bar.low) * 1.08
    return {
        "place": _text(bar.place),
        "series": _text(bar.series),
        "bar": end,
        "low": bar.low,
        "high": high,
        "open": bar.high is None,
        "undated": bar.undated,
        "apart": bar.high is None or bar.low != bar.high,
    }
