"""Accounts of a team: users, who is signed in, tokens of programs, and what happened to them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# A "!" is a column of the key, a "?" one that may be empty, a "##" a number.
_TABLES = {
    "events": "number##! at by what about address",
    "users": "name! role shown_as? password at",
    "sessions": "id! user at",
    "tokens": "id! user label at",
}


def upgrade() -> None:
    for name, columns in _TABLES.items():
        op.create_table(name, *(_column(column) for column in columns.split()))


def _column(named: str) -> sa.Column[object]:
    name = named.rstrip("!?#")
    return sa.Column(name, _NUMBER if "##" in named else _WORDS, primary_key="!" in named, nullable="?" in named, autoincrement=False)
