"""The ledger that follows from claims: steps with their figures and flags, deals with their state."""

from vientro.ledger.projection import project

__all__ = ["project"]
