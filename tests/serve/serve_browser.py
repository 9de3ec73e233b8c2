"""A browser without a screen, which sends forms as a person does."""

from __future__ import annotations

import re
from typing import Any

from starlette.testclient import TestClient

_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class Browser(TestClient):
    """A browser that sends the forms of the last page it was shown, as a person does: with what makes them ours."""

    def csrf(self, page: str = "/") -> str:
        found = _CSRF.search(self.get(page).text)
        return found[1] if found else ""

    def submit(self, address: str, page: str = "/", **fields: Any) -> Any:
        """Post a form of a page; what it leads to is not followed."""
        return self.post(address, data={"csrf": self.csrf(page), **fields}, follow_redirects=False)
