"""The tables of the first version, which had no migrations. Those for lookups came later in it, and may be missing."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    missing = set(_TABLES) - set(sa.inspect(op.get_bind()).get_table_names())
    for name, columns in _TABLES.items():
        if name in missing:
            op.create_table(name, *(_column(column) for column in columns.split()))


def _column(named: str) -> sa.Column[object]:
    """A column as it is named below: with a "!" it is of the key, with a "?" it may be empty, with a "#" it is a number."""
    name = named.rstrip("!?#")
    return sa.Column(name, sa.Integer() if "#" in named else sa.Text(), primary_key="!" in named, nullable="?" in named)


_TABLES = {
    "meta": "name! value",
    "articles": "id! key outlet? url? published? lang title? text zones reader seen",
    "claims": "id! reader! article start# type record",
    "projection": "name! record",
    "retired": "id! into?",
    "rejects": "number#! source stage id reason",
    "steps": "id! deal record",
    "deals": "id! record",
    "keys": "key day#? step",
    "coverage": "day! outlet! articles#",
}
