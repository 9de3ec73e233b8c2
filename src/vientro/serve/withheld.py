"""What a server for everybody does not show before a person has ruled on it: how much, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.model.errors import InputError
from vientro.store import listing, pages
from vientro.tasks import lives

if TYPE_CHECKING:
    from vientro.publish.life import Life
    from vientro.serve.shelf import View
    from vientro.serve.site import Site


def in_all(site: Site, view: View) -> int:
    """How many acts of the ledger the view of everybody has none of; 0 where all of it is shown."""
    if not site.settings.public:
        return 0
    with site.shelf.whole() as whole:
        return view.keep("withheld", lambda: max(0, listing.acts(whole, pages.withdrawn(whole)) - len(view.steps)))


def of_deal(site: Site, life: Life) -> int:
    """How many acts of a deal everybody does not see; 0 where all are shown."""
    if not site.settings.public:
        return 0
    claims = life.book.claims
    own = [id_ for line in life.lines for id_ in line.step.claims]
    with site.shelf.whole() as whole:
        try:
            lines = lives.life(own[0], whole).lines
            gone = pages.withdrawn(whole)
        except InputError:  # ruled away since the copy was made
            return 0
    hidden = [line for line in lines if claims.keys().isdisjoint(line.step.claims)]
    return sum(any(one.article.id not in gone for one in line.witnesses) for line in hidden)
