"""Where a step stands on the ledger's page: its tab, and how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from vientro.link.data import rates
from vientro.publish.lines import section

if TYPE_CHECKING:
    from vientro.model.ledger import Step

Tab = Literal["support", "sales", "sanctions", "opposition", "talks", "background", "alleged"]
TABS: tuple[Tab, ...] = get_args(Tab)


def tab_of(step: Step) -> Tab:
    """The tab that shows a step: sales stand apart from aid, and sanctions from both."""
    found = section(step)
    return "sales" if found == "support" and step.mode == "sale" else found


def size(step: Step) -> float:
    """About how much in US dollars, to put in order by."""
    value = step.sums[0].value if step.sums else None
    size = (value.best or value.low or value.high or 0.0) if value else 0.0
    return size * rates().get(step.sums[0].currency, (0.0, 0.0))[0] if size else 0.0
