"""What many pages look up in a ledger is worked out before somebody asks for it: in a large one that takes seconds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from vientro.ledger.choice import Choice
from vientro.ledger.counting.count import Question
from vientro.ledger.counting.profiles import shipped
from vientro.model.errors import VientroError
from vientro.serve.agenda import due
from vientro.serve.citing import acts_of
from vientro.serve.drawing import Asked
from vientro.serve.filters import Filters, asked_for
from vientro.serve.pages.ledger import options_of
from vientro.serve.shelf import settle
from vientro.serve.site import LANGS
from vientro.serve.totals import counted, summed
from vientro.serve.voices import acts, heard

if TYPE_CHECKING:
    from collections.abc import Callable

    from vientro.serve.shelf import View
    from vientro.serve.site import Site

_ANYBODY = "UA"  # whoever it is: the first who is asked for makes the index of all


def open_up(site: Site, tell: Callable[[str], None]) -> None:
    """Read the ledger and the reader for the first page; `tell` hears how far it is. What can't be read is told, and again by each page."""
    began = time.monotonic()
    try:
        tell("reading the ledger")
        view = site.shelf.view()
        tell(f"{len(view.book.claims)} claims in {len(view.steps)} acts, read in {time.monotonic() - began:.0f} s")
        assert site.stages
        look_up(view)
        if not site.settings.public:
            site.queue.count()
        settle(view)
        tell(f"ready after {time.monotonic() - began:.0f} s")
    except VientroError as error:
        tell(str(error))


def prepare(site: Site, view: View) -> None:
    """The same of a view that was made behind the pages, before they see it."""
    look_up(view)
    if "queue" in vars(site):  # somebody has asked for questions
        site.queue.prepare(view)
    settle(view)


def look_up(view: View) -> None:
    """Work out what pages ask of a view, what the first of them need before the rest."""
    asked, filters = Asked(), Filters()
    found = asked_for(view, filters)[filters.tab]
    summed(view, found, filters)
    acts_of(view, found, filters)
    for lang in LANGS:
        options_of(view, lang)
    asked_for(view, Filters(choice=Choice(donors=(_ANYBODY,), types=("deliver",), since="2022-02-24"), payers=(_ANYBODY,), q=_ANYBODY))
    for profile in asked.profiles:
        for by in ("donor", asked.period, "class"):
            counted(view, Question(shipped(profile), (by,), asked.currency, lines=False, data_end=view.book.newest))
    heard(view)
    acts(view, _ANYBODY)
    if view.book.newest:
        due(view, view.book.newest)
    _ = view.over, view.follows, view.of_deal, view.of_article, view.sureness, view.sizes
