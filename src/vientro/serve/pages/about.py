"""What this is, how it is made, how often it errs and how that was measured, and how to use it with care."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro.publish.public import THRESHOLD
from vientro.serve.site import site_of

router = APIRouter()
_SETS = ("ledes", "stream", "articles", "seeds")  # hand-coded news that say how well strangers' news are read
_READ, _LINKED = ("claim", "strict", "slot"), ("step_pairs", "deal_pairs")


@router.get("/about")
def about(request: Request) -> Response:
    site = site_of(request)
    scores = _scores()
    return site.page(
        request,
        "about.html",
        read=[(name, [scores[name][key] for key in _READ]) for name in _SETS if name in scores],
        linked=[(key, scores["stream links"][key]) for key in _LINKED if key in scores.get("stream links", {})],
        keys=_READ,
        threshold=THRESHOLD,
    )


@cache
def _scores() -> dict[str, dict[str, float]]:
    """By set, the scores that `vientro eval` holds each version to: what was measured is a little better."""
    told = msgspec.json.decode((files("vientro") / "evaluate" / "floors.json").read_bytes())
    return {name: floor["scores"] for name, floor in told.items()}
