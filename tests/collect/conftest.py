from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
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
