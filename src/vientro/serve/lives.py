"""The life of a deal in a view of a past day: what `tasks.lives.life` reads for today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vientro.model.errors import InputError
from vientro.model.ledger import Ledger
from vientro.publish.life import Life

if TYPE_CHECKING:
    from vientro.serve.shelf import View


def then(view: View, *asked: str) -> Life:
    """A deal by the first of these ids that the view has: its own, or that of one of its acts or claims.

    Raises InputError where nothing was told of it yet.
    """
    book = view.book
    for one in asked:
        link = book.links.get(one)
        id_ = view.steps[one].deal if one in view.steps else link.deal if link else one
        if own := view.of_deal.get(id_):
            break
    else:
        raise InputError(asked[0], "nothing was told of it by then", "Leave day and moment out to see it as it stands now")
    shown = frozenset(step.id for step in own)
    inside = {part for step in own if step.id in view.over for part in view.over[step.id].inside} - shown
    deal = view.deals.get(id_)
    told = Ledger((*own, *(view.steps[part] for part in sorted(inside))), (deal,) if deal else ())
    return Life(id_, asked[0], deal, replace(book, ledger=told, shown=shown))
