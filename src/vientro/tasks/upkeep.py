"""Upkeep of a ledger: its deals made anew, its invariants checked, a text taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.collect.archive import Archive, folder_of
from vientro.model.errors import InputError, StoreError
from vientro.pipeline import derived, least_of, project
from vientro.store import audit
from vientro.store.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vientro.pipeline import Stages
    from vientro.store.redaction import Redaction
    from vientro.store.store import Store


def rebuild(store: Store, stages: Stages) -> None:
    """Throw the deals away and make them again from the facts alone, with the least confidence that the last run had."""
    from vientro.store.linking import forget  # noqa: PLC0415  what links takes a moment to load

    forget(store)
    project(store, stages)


def rebuild_if_needed(store: Store, stages: Stages) -> bool:
    """Make the deals where they are not those of the facts; whether they were made."""
    try:
        store.projection()
    except StoreError:
        rebuild(store, stages)
        return True
    return False


def problems(store: Store, stages: Stages) -> Iterator[str]:
    """All that is wrong in a ledger; last whether its deals are those that a rebuild makes."""
    found = False
    for problem in audit.problems(store):
        found = True
        yield problem
    if found:
        return  # a rebuild of facts that are not whole proves nothing
    with store.snapshot():
        links, ledger = store.projection()
        again = derived(store, stages, least=least_of(store, stages))
    same = sorted(links, key=lambda link: link.claim) == sorted(again.links, key=lambda link: link.claim) and ledger == again.ledger
    if not same:
        yield "the deals are not those that a rebuild makes, as after a change of the program: `vientro rebuild` makes them anew"


def take_down(store: Store, stages: Stages, asked: str, why: str, archive: Path | None = None) -> list[Redaction]:
    """Take the texts down that an id or an address names, their archived pages too, and make the deals anew.

    Raises InputError where the ledger has no such article.
    """
    ids = store.addressed(asked)
    if not ids:
        raise InputError(asked, "the ledger has no such article", "`vientro search` and `vientro export` tell ids and addresses")
    pages = Archive(archive or folder_of(store.name))
    done = []
    for id_ in ids:
        redaction, hashes = redact(store, id_, why)
        for hash_ in hashes:
            pages.drop(hash_)
        done.append(redaction)
    rebuild(store, stages)
    return done
