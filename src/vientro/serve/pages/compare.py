"""A database of others held against the ledger: its imported rows, or a table that is looked at once and not kept."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.responses import Response

from vientro.model.errors import InputError
from vientro.publish import figures, sheets
from vientro.review import maps
from vientro.review.importing import imported
from vientro.serve.comparing import PARTS, comparison, databases, parts
from vientro.serve.filters import page_in
from vientro.serve.site import site_of
from vientro.tasks import importing

router = APIRouter()
_PAGE = 50
_MOST = 200  # acts of each part, of a table that is not kept
_LARGEST = 20_000_000  # bytes of a table
_ENDINGS = (".csv", ".xlsx")


@router.get("/compare")
def compare(request: Request) -> Response:
    """The imported databases, and what one of them and the ledger have in common."""
    site = site_of(request)
    view = site.shelf.view()
    names = databases(view)
    given = request.query_params.get("database") or (names[0] if names else "")
    part = request.query_params.get("part") or "apart"
    if part not in PARTS or (given and given not in names):
        known = f"Parts: {', '.join(PARTS)}; databases: {', '.join(names) or 'none'}"
        raise InputError("/compare", "there is no such database or part", known)
    found = parts(comparison(view, given)) if given else {}
    page, pages = page_in(request.query_params, len(found.get(part, ())), _PAGE)
    return site.page(
        request,
        "compare.html",
        names=names,
        database=given,
        counts=[(one, len(found[one])) for one in PARTS] if found else [],
        part=part,
        shown=[(part, found[part][(page - 1) * _PAGE : page * _PAGE])] if found else [],
        steps=view.steps,
        page=page,
        pages=pages,
        maps=maps.names(),
        rejects=[],
        money=figures.money,
    )


@router.post("/compare")
def table(request: Request, file: UploadFile, columns: Annotated[str, Form(alias="map")]) -> Response:
    """What a table and the ledger have in common; nothing of it is kept."""
    site = site_of(request)
    read = maps.shipped(columns)
    name = Path(file.filename or "").name
    if not name.lower().endswith(_ENDINGS):
        raise InputError(name or "the file", "it is no table", "Give a .csv or .xlsx")
    content = file.file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise InputError(name, "it is larger than 20 MB", "Give fewer rows, or use `vientro compare` on this machine")
    with TemporaryDirectory() as folder, site.shelf.store() as store:
        path = Path(folder) / f"table{Path(name).suffix.lower()}"
        path.write_bytes(content)
        rows = imported(sheets.read(path, read.needs), read, name)
        found, ledger, rejects = importing.compared(rows, store, site.stages, read.database)
    held, steps = parts(found), {step.id: step for step in ledger.steps}
    return site.page(
        request,
        "compare.html",
        names=[],
        database=f"{read.database}: {name}",
        counts=[(one, len(held[one])) for one in PARTS],
        part="",
        shown=[(one, held[one][:_MOST]) for one in PARTS],
        steps=steps,
        page=1,
        pages=1,
        maps=maps.names(),
        rejects=[f"{one.id}: {one.reason}" for one in rejects[:_MOST]],
        money=figures.money,
    )
