"""A draft, or the address of an article, held against the ledger and its topic pages."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from vientro.model import days
from vientro.model.errors import InputError
from vientro.pipeline import LONGEST_SENTENCE
from vientro.publish import draft as words
from vientro.publish import phrases
from vientro.publish.topic import topics_of
from vientro.serve.pages.topics import house_of
from vientro.serve.site import lang_of, site_of
from vientro.tasks import drafts, topics

if TYPE_CHECKING:
    from vientro.collect.fetch import Fetcher
    from vientro.model.article import Article
    from vientro.serve.site import Site

router = APIRouter()
_LARGEST = 5_000_000  # bytes of a file
_SECONDS, _PAUSE = 10.0, 3.0  # for a page and its robots.txt each; between two pages of one site


@router.post("/line")
def line(
    request: Request,
    sentence: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """What a draft, the article at an address, or one in a file makes of the topic pages. Nothing of it is kept."""
    site, lang = site_of(request), lang_of(request)
    house, day = house_of(site), day_of(on)
    if file and file.filename:
        article = drafts.of_file(file.filename, _bytes(file), day)
    elif drafts.is_address(sentence):
        article = _fetched(sentence, site)
    else:
        article = drafts.of_text(sentence, day)
    with site.shelf.store() as store:
        stand = topics.rulings(store)
        told = drafts.hold(article, store, site.stages, list(topics_of(stand).values()), stand)
    lines = [(one, words.line(one, lang, house), words.notes(one, lang, house)) for one in told.told]
    return site.page(
        request, "line.html", draft=told, lines=lines, no_news=words.no_news(told, lang), unread=phrases.unread(told.unread, lang)
    )


def is_draft(sentence: str, file: UploadFile | None) -> bool:
    """Whether what was given is more than a sentence to check: a file, an address, or a text that is too long for one."""
    return bool(file and file.filename) or drafts.is_address(sentence) or len(sentence.strip()) > LONGEST_SENTENCE


def day_of(on: str) -> str | None:
    """The day in the field of a form; raises InputError for anything else."""
    return days.day(f"on={on[:80]}", on) if on else None


def _bytes(file: UploadFile) -> bytes:
    data = file.file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputError(file.filename or "the file", f"it is longer than {_LARGEST // 1_000_000} MB", "Paste the text itself")
    return data


def _fetched(url: str, site: Site) -> Article:
    """The article at an address. A server for everybody asks no other server on anybody's word."""
    if site.settings.public:
        raise InputError(url, "this server fetches no addresses", "Paste the text itself")
    try:
        lock, fetcher = _errands()
    except ModuleNotFoundError as error:
        raise InputError(
            url, f"fetching needs {error.name}, which is not installed", "Install it: pip install 'vientro[collect]'"
        ) from error
    with lock:
        return drafts.of_address(url, fetcher)


@cache
def _errands() -> tuple[Lock, Fetcher]:
    """What asks for pages, one at a time and with the manners of collecting, and the lock that sees to that."""
    from vientro.collect.fetch import Fetcher, Limits  # noqa: PLC0415  heavy parts, an extra
    from vientro.collect.manners import Manners  # noqa: PLC0415
    from vientro.collect.network import Network  # noqa: PLC0415

    clock = _Clock()
    fetcher = Fetcher(clock.now, Network(private=False), Limits(seconds=_SECONDS))
    fetcher.permit = Manners(fetcher, clock).permit
    return Lock(), fetcher


class _Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float, /) -> None:
        """A site may want its pause; whoever waits for a page should not have to for long."""
        if seconds > _PAUSE:
            raise InputError(
                "this address", f"its site wants to be asked again in {seconds:.0f} seconds", "Try again then, or paste the text"
            )
        time.sleep(seconds)
