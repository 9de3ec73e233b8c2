"""Floors: what the scores may not fall below, each with the hash of the data it was measured on. They only go up."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.publish import atomic

if TYPE_CHECKING:
    from pathlib import Path

# Scores move by a few claims when lexicons change for good reasons; a floor stands this far below what was measured.
GRAIN = 0.005
# A set of few claims moves by points whenever weights are trained anew: its floor only catches what breaks.
FEW = 100
COARSE = 0.06


class Floor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The least scores of one set, valid for data with this hash, and how far below what is measured a floor stands."""

    sha256: str
    scores: dict[str, float]
    grain: float = GRAIN


def shipped() -> dict[str, Floor]:
    return msgspec.json.decode((files("vientro.evaluate") / "floors.json").read_bytes(), type=dict[str, Floor])


def breaches(measured: dict[str, Floor], floors: dict[str, Floor]) -> list[str]:
    """What falls below its floor, in words; data that changed, or a set that is gone, is a breach too."""
    out = []
    for name, floor in floors.items():
        found = measured.get(name)
        if found is None:
            out.append(f"{name}: the set has a floor but was not found")
        elif found.sha256 != floor.sha256:
            out.append(f"{name}: the data are not those of the floor; measure anew and write floors by --raise-floors")
        else:
            out += [
                f"{name}: {key} {found.scores[key]:.4f} is below its floor {least:.4f}"
                for key, least in floor.scores.items()
                if found.scores[key] < least
            ]
    return out


def raised(measured: dict[str, Floor], floors: dict[str, Floor]) -> dict[str, Floor]:
    """Floors after a measurement: a little below what was measured, never below what they were on the same data."""
    out = dict(floors)
    for name, found in measured.items():
        old = floors.get(name)
        kept = old.scores if old and old.sha256 == found.sha256 else {}
        out[name] = Floor(found.sha256, {k: round(max(v - found.grain, kept.get(k, 0.0)), 4) for k, v in found.scores.items()}, found.grain)
    return out


def write(path: Path, floors: dict[str, Floor]) -> None:
    atomic.write(path, msgspec.json.format(msgspec.json.encode(dict(sorted(floors.items())))) + b"\n")


def of_claims(sha256: str, report: dict[str, Any]) -> Floor:
    scores = {key: report[key]["f1"] or 0.0 for key in ("claim", "strict", "slot")}
    return Floor(sha256, scores, COARSE if report["claim"]["gold"] < FEW else GRAIN)


def of_links(sha256: str, report: dict[str, Any]) -> Floor:
    scores = {}
    for level in ("step", "deal"):
        scores[f"{level}_pairs"] = report[level]["pairs_f1_without_largest"]
        scores[f"{level}_b3_shared"] = report[level]["b3_shared"]["f1"]
    return Floor(sha256, scores)
