"""All that a server answers to GET: every page that a page leads to, every list of the API and one record of each."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from vientro.serve.api.describe import document

if TYPE_CHECKING:
    from starlette.testclient import TestClient

_LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#]*)')
_QUERIES = 2  # addresses of one path that differ in their parameters
_MOST = 400


def crawl(client: TestClient, each: int = _MOST) -> dict[str, Any]:
    """Answers by address; answers that are no text are left out. `each` is the most pages of one kind: deals, articles, persons."""
    first = ["/", *_lists(client)]
    queue, seen = list(first), set[str]()
    queries: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    found: dict[str, Any] = {}
    while queue and len(found) < _MOST:
        address = queue.pop(0)
        path = address.partition("?")[0]
        if address in seen or path.startswith("/static/") or queries[path] >= _QUERIES:
            continue
        seen.add(address)
        kind = path.rpartition("/")[0]
        if kind and address not in first and kinds[kind] >= each:
            continue
        kinds[kind] += 1
        queries[path] += 1
        answer = client.get(address, follow_redirects=True, headers={"accept-language": "en" if len(seen) % 2 else "vi"})
        assert answer.status_code < 500, address
        found[address] = answer
        if "html" in answer.headers.get("content-type", ""):
            queue += [urljoin(path, unescape(link)) for link in _LINK.findall(answer.text)]
    return found


def _lists(client: TestClient) -> list[str]:
    """Every operation of the API, its lists whole and as CSV, and one record of each kind."""
    paths = document()["paths"]
    needed = {"/api/v1/diff": "?from=2025-01-01&to=2025-12-31"}
    found = ["/api/v1", "/api/v1/docs", "/api/v1/openapi.json"]
    for path, operations in paths.items():
        if "get" in operations and "{id}" not in path:
            mark = "&" if path in needed else "?"
            found += [path + needed.get(path, ""), f"{path}{needed.get(path, '')}{mark}format=csv"]
    for kind in ("steps", "deals", "claims", "articles", "people", "topics", "releases"):
        items = client.get(f"/api/v1/{kind}?limit=500").json()["items"]
        found += [f"/api/v1/{kind}/{one.get('id') or one.get('slug') or one.get('name')}" for one in items[:4]]
    return found
