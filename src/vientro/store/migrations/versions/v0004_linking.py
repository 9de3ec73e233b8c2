"""What linking keeps from one run to the next."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# A "!" is a column of the key, a "?" one that may be empty, a "#" a number, a "*" bytes.
_TABLES = {
    "kept_claims": "claim! article step deal saying? fits? record",
    "kept_keys": "key day#? claim",
    "kept_articles": "article! day#? hashes* copies digest",
    "kept_by": "linker! runs#",
}
_INDEXES = {"kept_claims": ("article", "step", "deal", "saying", "fits"), "kept_keys": ("claim",), "kept_articles": ("day",)}


def upgrade() -> None:
    for name, columns in _TABLES.items():
        op.create_table(name, *(_column(column) for column in columns.split()))
        for column in _INDEXES.get(name, ()):
            op.create_index(f"{name}_{column}", name, [column])
    op.create_index("kept_keys_day", "kept_keys", ["key", "day", "claim"])


def _column(named: str) -> sa.Column[object]:
    name = named.rstrip("!?#*")
    kind = sa.Integer() if "#" in named else sa.LargeBinary() if "*" in named else _WORDS
    return sa.Column(name, kind, primary_key="!" in named, nullable="?" in named)
