"""One article out of the ledger, with the versions of its address and the page that it was taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.article.changes import changes
from vientro.collect.archive import Archive, folder_of
from vientro.ledger.edits import shifts
from vientro.model.errors import InputError
from vientro.publish.edits import Edit, Past, grouped
from vientro.publish.story import Shown, Story
from vientro.store import pages, settings
from vientro.store.desk import looked

if TYPE_CHECKING:
    from vientro.article.changes import Change
    from vientro.store.store import Store


def story_of(store: Store, name: str) -> Story:
    """The article of an id or an address; of an address the version that it showed last. Raises InputError where there is none."""
    with store.snapshot():
        id_ = name if store.named([name]) else pages.at(store, name)
        article = store.named([id_]).get(id_) if id_ else None
        if article is None:
            raise InputError(name, "the ledger has no such article", "`vientro search` and `vientro export` tell the ids of articles")
        versions = tuple(Shown(one.url, one.article, one.page, one.at, one.why) for one in pages.history(store, article.id))
        before = None
        for one in versions:
            if one.article == article.id:
                break
            before = one.article or before
        older = store.named([before]).get(before) if before else None
        return Story(article, tuple(pages.claims_of(store, article.id)), versions, changes(older, article) if older else ())


def past_of(store: Store, article: str) -> Past:
    """What the addresses showed that ever showed an article; nothing for one that came from a file."""
    shown = [Shown(one.url, one.article, one.page, one.at, one.why) for one in pages.history(store, article)]
    if not shown:
        return Past()
    return Past(grouped(shown), tuple(pages.answers(store, article)), looked(store, sorted({one.url for one in shown})))


def edit_of(store: Store, before: str, after: str) -> Edit | None:
    """Two articles as versions of one story, by id; None where one of them is not in the ledger.

    Where only excerpts are kept, other sentences are kept of each: then title and lede are compared, and the claims.
    """
    found = store.named([before, after])
    if len({before, after} & found.keys()) < len({before, after}):
        return None
    cut, blank = settings.excerpts_only(store), any(pages.is_redacted(store, id_) for id_ in (before, after))
    told: tuple[Change, ...] = () if blank else changes(found[before], found[after])
    if cut:
        told = tuple(one for one in told if one.zone in ("title", "lede"))
    least = store.least() or 0.0
    old, new = ([claim for claim in pages.claims_of(store, id_) if claim.confidence >= least] for id_ in (before, after))
    return Edit(before, after, told, () if blank else tuple(shifts(old, new)), cut, blank)


def page_of(store: Store, article: str) -> bytes:
    """The page that an article was taken from, as it was fetched; raises InputError where it is not in the archive."""
    hashes = [one.page for one in pages.history(store, article) if one.article == article and one.page]
    body = Archive(folder_of(store.name)).get(hashes[-1]) if hashes else None
    if body is None:
        raise InputError(article, "its page is not in the archive", "It came from a file, or this ledger keeps excerpts only")
    return body
