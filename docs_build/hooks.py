"""What mkdocs asks while it builds the site: pages made from the code, and links that lead out of docs/."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File
from reference import api, commands, python, records, rules, settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
_MADE = {
    "reference/commands.md": commands.page,
    "reference/settings.md": settings.page,
    "reference/python.md": python.page,
    "reference/api.md": api.page,
    "reference/records.md": records.page,
    "reference/rules.md": rules.page,
}
_FROM_ABOVE = {"CHANGELOG.md": "changes.md", "CONTRIBUTING.md": "contributing.md"}  # files beside docs/ that are pages too
_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for uri, make in _MADE.items():
        files.append(File.generated(config, uri, content=make()))
    for name, uri in _FROM_ABOVE.items():
        files.append(File.generated(config, uri, content=(ROOT / name).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  mkdocs passes them by name
    """Pages are written for a reader of the repository. Links to files that are no pages become plain words, and bars in the code of
    tables, which are parted there with a backslash, stand alone."""
    source = page.file.src_uri
    above = {uri: name for name, uri in _FROM_ABOVE.items()}
    here = posixpath.dirname(above.get(source, f"docs/{source}"))

    def led(link: re.Match[str]) -> str:
        mark, text, target, anchor = link.groups(default="")
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        at = posixpath.normpath(posixpath.join(here, target))
        if at.startswith("docs/"):
            uri = at.removeprefix("docs/")
        elif at in _FROM_ABOVE:
            uri = _FROM_ABOVE[at]
        elif at == "README.md":
            uri = "index.md"
        else:
            return text if (ROOT / at).exists() else link[0]
        return f"{mark}[{text}]({posixpath.relpath(uri, posixpath.dirname(source) or '.')}{anchor})"

    return _ROW.sub(lambda row: _CODE.sub(lambda code: code[0].replace("\\|", "|"), row[0]), _LINK.sub(led, markdown))
