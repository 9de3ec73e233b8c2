"""A database of others held against the ledger: its imported rows, or a table that is looked at once and not kept."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.responses import Response

from vientro.ledger.compare import compare as held_against
from vientro.ledger.imported import IMPORT
from vientro.model.errors import InputError
from vientro.publish import figures, sheets
from vientro.review import maps
from vientro.review.importing import imported
from vientro.serve.filters import page_in
from vientro.serve.site import site_of
from vientro.tasks import importing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.compare import Comparison, Pair
    from vientro.serve.shelf import View

router = APIRouter()
PARTS = ("apart", "both", "ours", "theirs")
_PAGE = 50
_MOST = 200  # acts of each part, of a table that is not kept
_LARGEST = 20_000_000  # bytes of a table
_ENDINGS = (".csv", ".xlsx")


@router.get("/compare")
def compare(request: Request) -> Response:
    """The imported databases, and what one of them and the ledger have in common."""
    site = site_of(request)
    view = site.shelf.view()
    names = view.keep("databases", lambda: databases(view))
    given = request.query_params.get("database") or (names[0] if names else "")
    part = request.query_params.get("part") or "apart"
    if part not in PARTS or (given and given not in names):
        known = f"Parts: {', '.join(PARTS)}; databases: {', '.join(names) or 'none'}"
        raise InputError("/compare", "there is no such database or part", known)
    found = view.keep(("comparison", given), lambda: held_against(view.book.ledger, view.book.claims, given)) if given else None
    parts = _parts(found) if found else {}
    page, pages = page_in(request.query_params, len(parts.get(part, ())), _PAGE)
    return site.page(
        request,
        "compare.html",
        names=names,
        database=given,
        counts=[(one, len(parts[one])) for one in PARTS] if found else [],
        part=part,
        shown=[(part, parts[part][(page - 1) * _PAGE : page * _PAGE])] if found else [],
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
    parts, steps = _parts(found), {step.id: step for step in ledger.steps}
    return site.page(
        request,
        "compare.html",
        names=[],
        database=f"{read.database}: {name}",
        counts=[(one, len(parts[one])) for one in PARTS],
        part="",
        shown=[(one, parts[one][:_MOST]) for one in PARTS],
        steps=steps,
        page=1,
        pages=1,
        maps=maps.names(),
        rejects=[f"{one.id}: {one.reason}" for one in rejects[:_MOST]],
        money=figures.money,
    )


def databases(view: View) -> list[str]:
    """The databases of which the ledger has rows."""
    readers = {claim.reader for claim in view.book.claims.values()}
    return sorted(reader.removeprefix(f"{IMPORT} ") for reader in readers if reader.startswith(f"{IMPORT} "))


def _parts(found: Comparison) -> Mapping[str, Sequence[tuple[str, Pair | None]]]:
    """By part, the ids of steps, those of both with their sums."""
    return {
        "apart": [(pair.step, pair) for pair in found.matched if pair.agree is False],
        "both": [(pair.step, pair) for pair in found.matched if pair.agree is not False],
        "ours": [(id_, None) for id_ in found.only_ours],
        "theirs": [(id_, None) for id_ in found.only_theirs],
    }
