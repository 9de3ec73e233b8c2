"""What every page needs: the ledger, the reader, the language, and the templates."""

from __future__ import annotations

from functools import cached_property, partial
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from starlette.datastructures import URL, QueryParams
from starlette.responses import HTMLResponse

from vientro import pipeline
from vientro.publish import dates, phrases
from vientro.publish.asking import sums
from vientro.publish.countwords import bounds
from vientro.publish.figures import number
from vientro.publish.lines import voice
from vientro.publish.quote import quote
from vientro.publish.report import tone
from vientro.publish.safe import printable
from vientro.publish.words import office, told_by
from vientro.serve.public import PublicShelf
from vientro.serve.reviewing import Queue
from vientro.serve.say import known, say
from vientro.serve.shelf import Shelf

if TYPE_CHECKING:
    from vientro.pipeline import Stages
    from vientro.publish.words import Lang
    from vientro.serve.settings import Settings

NAV = {
    "start": "/",
    "ledger": "/ledger",
    "topics": "/topics",
    "review": "/review",
    "people": "/people",
    "charts": "/charts",
    "overdue": "/overdue",
}
LANGS: tuple[Lang, ...] = ("vi", "en")
_COOKIE = "lang"


class Site:
    """One running server: its settings, its ledger, and the reader, which takes a moment to load and is loaded once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shelf = PublicShelf(settings.ledger) if settings.public else Shelf(settings.ledger, settings.names)
        self.templates = Environment(
            loader=PackageLoader("vientro.serve"), autoescape=True, finalize=_harmless, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals |= {
            "version": version("vientro"),
            "pages_of_site": pages_of_site,
            "p": phrases,
            "dates": dates,
            "number": number,
            "bounds": bounds,
            "percent": lambda share: f"{share:.0%}",
            "tone": tone,
            "quote": quote,
            "sums": sums,
            "voice": voice,
            "told_by": told_by,
            "cap": lambda words: f"{words[:1].upper()}{words[1:]}",
            "known": known,
            "office": office,
            "safe": lambda url: (url or "").startswith(("https://", "http://")),
        }

    @cached_property
    def queue(self) -> Queue:
        """The questions that lie before reviewers."""
        return Queue(self.shelf, lambda: self.stages.threshold)

    @cached_property
    def stages(self) -> Stages:
        return pipeline.shipped(self.settings.names)

    def page(self, request: Request, template: str, code: int = 200, **values: Any) -> HTMLResponse:
        """A page in the reader's language. `w` gives the words for a key, `here` the address of this page with other parameters."""
        lang = lang_of(request)
        body = self.templates.get_template(template).render(
            request=request,
            lang=lang,
            w=partial(_say, lang=lang),
            here=partial(_here, request),
            settings=self.settings,
            path=request.url.path,
            user=getattr(request.state, "user", None),
            csrf=getattr(request.state, "csrf", ""),
            working=self.shelf.remaking.working,
            unmade=self.shelf.remaking.failed,
            **values,
        )
        answer = HTMLResponse(body, code)
        if request.query_params.get("lang") in LANGS:
            answer.set_cookie(_COOKIE, lang, max_age=31_536_000, samesite="lax", httponly=True)
        return answer


def site_of(request: Request) -> Site:
    """The server that a request came to."""
    return cast("Site", request.app.state.site)


def lang_of(request: Request) -> Lang:
    """The language asked for in the address, chosen before, or preferred by the browser; Vietnamese where none says."""
    for asked in (request.query_params.get("lang"), request.cookies.get(_COOKIE)):
        if asked in LANGS:
            return asked
    preferred = [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((lang for one in preferred for lang in LANGS if lang == one), "vi")


def pages_of_site(settings: Settings) -> list[tuple[str, str]]:  # noqa: ARG001
    """The pages that the head of each leads to: key of its words, and address."""
    return list(NAV.items())


def static(name: str) -> bytes:
    """A file of the pages' own."""
    return (files("vientro.serve") / "static" / name).read_bytes()


def _say(key: str, *values: object, lang: Lang, **named: object) -> str:
    return say(key, lang, *values, **named)


def _here(request: Request, **changes: object) -> str:
    """The address of this page with some parameters set anew; None takes one away. What was sent may have an address that it did not come
    from: `request.state.address`."""
    address = URL(getattr(request.state, "address", "") or str(request.url))
    kept = [(key, value) for key, value in QueryParams(address.query).multi_items() if key not in changes]
    kept += [(key, str(value)) for key, value in changes.items() if value is not None]
    return address.path + (f"?{urlencode(kept)}" if kept else "")


def _harmless(value: Any) -> Any:
    """Text on a page: without what turns the direction of writing around, whatever article it came from."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else printable(value)
