"""The tables of the ledger's database, the same in SQLite and in PostgreSQL.

FACTS are only ever added to, which the database itself sees to (guards.py); what follows from them is thrown away and made again.
Facts are numbered in the order in which they came, so that a number is a moment.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

VERSION = 4

metadata = MetaData()

# Which migration the tables are of (Alembic's own table, made here for a new ledger).
alembic_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))

# Words are put in order by their code points, whatever the locale of a server.
WORDS = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")

meta = Table(
    "meta",
    metadata,
    Column("name", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

# `hash` is the SHA-256 of the text, which stays when the text is taken down; `seen` is when the ledger first had the article.
articles = Table(
    "articles",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("id", WORDS, nullable=False),
    Column("outlet", WORDS),
    Column("url", WORDS),
    Column("title", WORDS),
    Column("text", WORDS, nullable=False),
    Column("hash", WORDS, nullable=False),
    Column("seen", WORDS, nullable=False),
    Index("articles_id", "id", unique=True),
)

# That a reader has read an article, under the name and the day that its copy had; its claims are added in the same transaction.
# `more` has the fields of the article that have no column, in JSON.
readings = Table(
    "readings",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("article", WORDS, nullable=False),
    Column("reader", WORDS, nullable=False),
    Column("key", WORDS, nullable=False),
    Column("published", WORDS),
    Column("lang", WORDS, nullable=False),
    Column("zones", WORDS, nullable=False),
    Column("more", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Index("readings_article", "article"),
)

# A claim that a newer reader finds again stands here once for each reading, under one id. `record` is the whole claim in JSON.
claims = Table(
    "claims",
    metadata,
    Column("reading", NUMBER, primary_key=True, autoincrement=False),
    Column("id", WORDS, primary_key=True),
    Column("article", WORDS, nullable=False),
    Column("start", Integer, nullable=False),
    Column("type", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
    Index("claims_article", "article"),
    Index("claims_id", "id"),
)

# What a person ruled: a model.decision.Decision in JSON.
decisions = Table(
    "decisions",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("id", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("by", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
    Index("decisions_id", "id", unique=True),
)

# Rows of another database that were imported: `source` is the hash of the file they stood in.
rows = Table(
    "rows",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("id", WORDS, nullable=False),
    Column("source", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
    Index("rows_id", "id", unique=True),
)

# What was published under a number: `digest` is the SHA-256 of its export, `record` what it says of itself in JSON.
releases = Table(
    "releases",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("name", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
    Index("releases_name", "name", unique=True),
)

# Pages as they were fetched. The bytes lie in the archive beside the ledger, in a file named by `hash`; `headers` is JSON.
pages = Table(
    "pages",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("url", WORDS, nullable=False),
    Column("hash", WORDS),
    Column("fetched", WORDS, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", WORDS, nullable=False),
    Index("pages_url", "url"),
    Index("pages_hash", "hash"),
)

# Which article an address showed from when on, or (where `article` is NULL) that it showed none any more.
versions = Table(
    "versions",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("url", WORDS, nullable=False),
    Column("article", WORDS),
    Column("page", WORDS),
    Column("at", WORDS, nullable=False),
    Column("why", WORDS, nullable=False),
    Index("versions_url", "url"),
    Index("versions_article", "article"),
)

# Texts that were taken down. A row here is what lets the guards have a text and its words blanked, once.
redactions = Table(
    "redactions",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("article", WORDS, nullable=False),
    Column("hash", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
    Column("why", WORDS, nullable=False),
    Index("redactions_article", "article", unique=True),
)

# Who signed in, who did not get in, who gave whom which role: `about` is the account, `address` where it came from.
events = Table(
    "events",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("at", WORDS, nullable=False),
    Column("by", WORDS, nullable=False),
    Column("what", WORDS, nullable=False),
    Column("about", WORDS, nullable=False),
    Column("address", WORDS, nullable=False),
)

FACTS = (articles, readings, claims, decisions, rows, releases, pages, versions, redactions, events)

# Who may sign in. `password` is its argon2 hash; `shown_as` the pseudonym that pages and exports show instead of the name.
users = Table(
    "users",
    metadata,
    Column("name", WORDS, primary_key=True),
    Column("role", WORDS, nullable=False),
    Column("shown_as", WORDS),
    Column("password", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
)

# Who is signed in, by the SHA-256 of what the browser's cookie holds.
sessions = Table(
    "sessions",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("user", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
)

# What programs sign in with, by its SHA-256; `label` is what its owner calls it.
tokens = Table(
    "tokens",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("user", WORDS, nullable=False),
    Column("label", WORDS, nullable=False),
    Column("at", WORDS, nullable=False),
)

# The reading of an article that is in force: the last one.
latest = Table(
    "latest",
    metadata,
    Column("article", WORDS, primary_key=True),
    Column("reading", NUMBER, nullable=False),
    Column("reader", WORDS, nullable=False),
    Index("latest_reader", "reader"),
)

# What follows from the claims, in JSON, always replaced together: "links", "ledger", and the steps as they are counted, their things apart.
projection = Table(
    "projection",
    metadata,
    Column("name", WORDS, primary_key=True),
    Column("record", WORDS, nullable=False),
)

# Where each claim of the projection belongs, to be asked by claim: `record` is the Link in JSON.
links = Table(
    "links",
    metadata,
    Column("claim", WORDS, primary_key=True),
    Column("step", WORDS, nullable=False),
    Column("deal", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
)

# Ids of steps and deals that were given once and stand for nothing by themselves any more: never used again, they lead on.
retired = Table(
    "retired",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("into", WORDS),
)

rejects = Table(
    "rejects",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("source", WORDS, nullable=False),
    Column("stage", WORDS, nullable=False),
    Column("id", WORDS, nullable=False),
    Column("reason", WORDS, nullable=False),
)

# What a lookup needs of the projection, and nothing else of it: made anew with it. `record` is a lookup.Filed, or a Deal, in JSON.
steps = Table(
    "steps",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("deal", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
    Index("steps_deal", "deal"),
)

deals = Table(
    "deals",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("record", WORDS, nullable=False),
)

# By key (lookup.of_step) and day (an ordinal; none where the step has no day): the steps.
keys = Table(
    "keys",
    metadata,
    Column("key", WORDS, nullable=False),
    Column("day", Integer),
    Column("step", WORDS, nullable=False),
    Index("keys_day", "key", "day", "step"),
)

# How many articles of an outlet ("" where it has no name) were published on a day ("" where it is unknown), with a claim or without.
coverage = Table(
    "coverage",
    metadata,
    Column("day", WORDS, primary_key=True),
    Column("outlet", WORDS, primary_key=True),
    Column("articles", Integer, nullable=False),
)

# What linking keeps for its next run (linking.py), all of it made anew where another linker comes: where each claim stands, ...
kept_claims = Table(
    "kept_claims",
    metadata,
    Column("claim", WORDS, primary_key=True),
    Column("article", WORDS, nullable=False),
    Column("step", WORDS, nullable=False),
    Column("deal", WORDS, nullable=False),
    Column("saying", WORDS),
    Column("fits", WORDS),
    Column("record", WORDS, nullable=False),
    *(Index(f"kept_claims_{name}", name) for name in ("article", "step", "deal", "saying", "fits")),
)

# ... by key and day (an ordinal) the claims to compare with, ...
kept_keys = Table(
    "kept_keys",
    metadata,
    Column("key", WORDS, nullable=False),
    Column("day", Integer),
    Column("claim", WORDS, nullable=False),
    Index("kept_keys_day", "key", "day", "claim"),
    Index("kept_keys_claim", "claim"),
)

# ... the MinHashes and the near-copies (ids in JSON) of each article, with a hash of all that was linked of it, ...
kept_articles = Table(
    "kept_articles",
    metadata,
    Column("article", WORDS, primary_key=True),
    Column("day", Integer),
    Column("hashes", LargeBinary, nullable=False),
    Column("copies", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    Index("kept_articles_day", "day"),
)

# ... and which linker it was, and how many times it has linked.
kept_by = Table(
    "kept_by",
    metadata,
    Column("linker", WORDS, primary_key=True),
    Column("runs", Integer, nullable=False),
)

KEPT = (kept_claims, kept_keys, kept_articles, kept_by)
