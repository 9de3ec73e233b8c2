"""A ledger of the examples, made once by the real pipeline, and browsers on it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from serve_browser import Browser

from chromium import chromium, opened  # noqa: F401  fixtures of the tests in a browser
from vientro import pipeline
from vientro.collect.files import sources
from vientro.serve.app import create_app
from vientro.serve.settings import Settings
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the examples. Not to be written to: `own` is a copy that may be."""
    path = tmp_path_factory.mktemp("examples") / "ledger.db"
    with Store(path) as store:
        pipeline.run(sources([str(EXAMPLES)]), store, pipeline.shipped(), least=None, tell=lambda *_: None)
    return path


@pytest.fixture
def own(examples: Path, tmp_path: Path) -> Path:
    """A ledger of the examples of one's own."""
    return Path(shutil.copy(examples, tmp_path / "own.db"))


@pytest.fixture(scope="session")
def web(examples: Path) -> Browser:
    """A browser on the examples, where nothing is changed."""
    return Browser(create_app(Settings(str(examples), reviewer="lan")), headers={"accept-language": "en"})


@pytest.fixture
def serve(own: Path) -> Callable[..., Browser]:
    """Starts a server on a ledger of one's own, with these settings, and gives a browser on it."""

    def start(**settings: Any) -> Browser:
        return Browser(create_app(Settings(str(own), **{"reviewer": "lan", **settings})), headers={"accept-language": "en"})

    return start
