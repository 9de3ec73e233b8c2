"""The docs site: it is built without a warning, names every command, option and setting, and leads nowhere that is not there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from chromium import chromium  # noqa: F401  a fixture
from vientro.collect import sources
from vientro.ledger.counting.profiles import Profile
from vientro.model.counting import Fact
from vientro.publish import house
from vientro.reading import overlay
from vientro.review.maps import Map

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs_build"))
pytest.importorskip("material")
pytest.importorskip("fastapi")
commands = pytest.importorskip("reference.commands")
rules = pytest.importorskip("reference.rules")
settings = pytest.importorskip("reference.settings")

COMMANDS = [(path, command) for path, command in commands.walk() if path != "vientro"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as CI builds it."""
    home = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(home)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def words(html: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_every_command_and_option_is_named_with_what_it_means(pages):
    said = words(pages["reference/commands.html"])
    for path, command in COMMANDS:
        assert path in said
        assert command.help, path
        for names, means in commands.options(command, path):
            assert names in said, (path, names)
            assert re.sub(r"\s*\[[^\]]*\]$", "", means).strip(), f"{path} {names} has no help"


def test_every_command_is_told_by_somebody():
    written = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    told = "\n".join(page.read_text("utf-8") for page in written)
    for name in {path.split()[1] for path, _ in COMMANDS}:
        assert re.search(rf"(?:`|^|\$ )vientro {name}\b|`{name}\b", told, re.MULTILINE), name


def test_every_variable_of_the_environment_is_named(pages):
    used = {
        name
        for folder in ("src", "scripts", "tests", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in (".py", ".sh", "") and "__pycache__" not in path.parts
        for name in re.findall(r"\bVIENTRO_[A-Z_]*[A-Z]\b", path.read_text("utf-8"))
    } | set(re.findall(r"\bVIENTRO_[A-Z_]*[A-Z]\b", (ROOT / "try.sh").read_text("utf-8") + (ROOT / "test.sh").read_text("utf-8")))
    assert used <= set(settings.variables())
    assert all(name in pages["reference/settings.html"] for name in used)


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        ("collecting.md", {*sources._TOP, *sources._KEYS}),
        ("topics.md", house._KEYS),
        ("counting.md", {*Profile.__slots__} - {"name"}),
        ("counting.md", {*Fact.__slots__} - {"told"}),
        ("decisions.md", {*Map.__struct_fields__}),
        ("names.md", {*overlay.COLUMNS}),
    ],
    ids=["SOURCES.toml", "style.toml", "profile", "facts", "map", "names"],
)
def test_every_key_of_a_file_is_told_and_listed(pages, page, keys):
    told = (ROOT / "docs" / page).read_text("utf-8")
    listed = words(pages["reference/settings.html"])
    for key in keys:
        assert re.search(rf"`{key}`|\[{key}\]|\"{key}\"|^{key} +=", told, re.MULTILINE), key
        assert re.search(rf"\b{key}\b", listed), key


def test_every_rule_is_listed_with_code_and_tests(pages):
    said = pages["reference/rules.html"]
    for rule in re.findall(r"^\| ([A-Z]\d+) \|", (ROOT / "docs" / "CODEBOOK.md").read_text("utf-8"), re.MULTILINE):
        assert f'id="{rule.lower()}"' in said
        assert rules.applied(rule), rule
        assert rules.shown(rule), rule


def test_every_page_is_built_and_in_the_menu(pages):
    menu = set(re.findall(r'href="([^"#]+)"', pages["index.html"]))
    for page in (ROOT / "docs").rglob("*.md"):
        built = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        assert built in pages
        assert built in menu, f"{built}: add it to nav in mkdocs.yml"


def test_every_link_of_the_site_leads_somewhere(site, pages):
    anchors = {name: set(re.findall(r' id="([^"]+)"', html)) for name, html in pages.items()}
    for name, html in pages.items():
        if name == "404.html":  # its links are of a server's root
            continue
        for target in set(re.findall(r'(?:href|src)="([^"]+)"', html)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = unescape(target).partition("#")
            led = normpath(join(dirname(name), unquote(path))) if path else name
            led = "index.html" if led == "." else led
            assert (site / led).exists(), (name, target)
            assert not anchor or led not in anchors or unquote(anchor) in anchors[led], (name, target)


def test_nothing_is_loaded_from_elsewhere(site, pages):
    for name, html in pages.items():
        loaded = re.findall(r'<(?:script|img|iframe|link)[^>]+(?:src|href)="([^"]+)', html)
        assert not [found for found in loaded if "//" in found], name
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet


def test_what_is_searched_for_is_in_the_index(site):
    index = (site / "search" / "search_index.json").read_text("utf-8")
    assert all(word in index for word in ("check-store", "VIENTRO_REVIEWER", "possible_duplicate"))


def test_the_search_works_in_a_folder_too(site, chromium):  # noqa: F811
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "index.html").as_uri())
    page.locator(".md-search__input").fill("overdue")
    found = page.locator(".md-search-result__item a[href*='commands.html']")
    found.first.wait_for()
    page.close()
