"""Text of articles made harmless for a terminal."""

from __future__ import annotations

import re

# Control characters (a terminal obeys them), and the marks that turn the direction of writing around.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text on one line, spaces for whatever a terminal would obey; as long as before."""
    return _CONTROL.sub(" ", text)
