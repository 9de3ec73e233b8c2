"""Parquet, for tools that analyse."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.publish.tables.column import Table


def content(tables: Sequence[Table]) -> bytes:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  an extra
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        raise InputError(".parquet", "this format needs a part that is not installed", "pip install 'vientro[export]'") from error
    table = tables[0]
    kinds = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "truth": pa.bool_()}
    arrays = []
    for column in table.columns:
        kind = table.kind(column)
        values = [row[column] for row in table.rows]
        arrays.append(pa.array([_text(value) if kind == "text" else value for value in values], type=kinds[kind]))
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(table.columns)), out, compression="zstd")
    return out.getvalue()


def _text(value: object) -> str | None:
    return None if value is None else str(value).encode("utf-8", "replace").decode()
