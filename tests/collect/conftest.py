from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import trafilatura  # noqa: F401  loaded here, where its warning of a part that it can do without is no error yet
from played import Clock, Web

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def web() -> Iterator[Web]:
    played = Web()
    yield played
    played.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()
