"""Who stands behind a claim: the saying of somebody on some occasion, or a report that its near-copies share (rules D11 and Q7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.link.blocks import SAID_WINDOW
from vientro.link.rarity import alike

if TYPE_CHECKING:
    from vientro.link.profile import Profile

_ON_ONE_TOPIC = 0.35  # share of words that two stories on one occasion have in common


def one_saying(a: Profile, b: Profile, *, one_act: bool, copies: bool) -> bool:
    """Whether two claims go back to one saying of one person: the same day or the next, and one act, one topic or one story."""
    if not (a.speaker and b.speaker) or not (set(a.speaker) <= set(b.speaker) or set(b.speaker) <= set(a.speaker)):
        return False
    if a.told and b.told and a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
        return False  # said on two days
    if a.story == b.story or copies:
        return True
    if a.day is None or b.day is None or abs((a.day - b.day).days) > SAID_WINDOW:
        return False
    return one_act or alike(a.head, b.head) >= _ON_ONE_TOPIC
