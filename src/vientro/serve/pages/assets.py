"""The styles, the script, the fonts and the icon of the pages."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from vientro.serve.site import static

router = APIRouter()
_KINDS = {
    "style.css": "text/css; charset=utf-8",
    "narrow.css": "text/css; charset=utf-8",
    "pages.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FONTS = frozenset(
    f"{name}.woff2"
    for part in ("latin", "latin-ext", "vietnamese")
    for name in (f"be-vietnam-pro-{part}-400", f"be-vietnam-pro-{part}-600", f"vientro-serif-{part}")
)


@router.get("/static/{name}")
def asset(name: str) -> Response:
    if name in _FONTS:  # a font does not change under its name
        return Response(static(name), media_type="font/woff2", headers={"Cache-Control": "public, max-age=31536000, immutable"})
    if name not in _KINDS:
        raise HTTPException(404)
    return Response(static(name), media_type=_KINDS[name], headers={"Cache-Control": "public, max-age=3600"})


@router.get("/favicon.ico", include_in_schema=False)
def icon() -> Response:
    return asset("icon.svg")
