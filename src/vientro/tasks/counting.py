"""The steps of a ledger as they are counted, as of a day: with what people ruled, and without what its outlet took down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.counting.entries import entries
from vientro.ledger.facts import facts
from vientro.pipeline import as_of
from vientro.store import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.counting import Entry, Fact
    from vientro.publish.book import Book
    from vientro.store.store import Store


def entries_at(store: Store, whole: Book, day: str | None = None, imported: Sequence[Fact] = ()) -> tuple[Book, list[Entry]]:
    """The ledger as of a day (ISO 8601; all of it if none is given) and its entries. What people ruled goes over what is `imported`."""
    book = as_of(whole, day) if day else whole
    ruled = [*imported, *facts(book.ruled, book.links.values())]
    return book, entries(book.ledger, book.claims, book.articles, ruled, pages.withdrawn(store, day))
