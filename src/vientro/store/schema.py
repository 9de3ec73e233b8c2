"""The tables of the ledger's database.

Articles and claims are facts and only added to; links, steps and deals are a projection that is thrown away and made again.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text

VERSION = 1

metadata = MetaData()

facts = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# `reader` is the reader whose claims of this article are complete; it is set in the transaction that adds them.
articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("outlet", String),
    Column("url", String),
    Column("published", String),
    Column("lang", String, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("zones", Text, nullable=False),
    Column("reader", String, nullable=False),
    Column("seen", String, nullable=False),
    Index("articles_reader", "reader"),
)

# A claim that a newer reader finds again stands here once for each reader, under one id. `record` is the whole claim in JSON.
claims = Table(
    "claims",
    metadata,
    Column("id", String, primary_key=True),
    Column("reader", String, primary_key=True),
    Column("article", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("record", Text, nullable=False),
    Index("claims_article", "article"),
)

# What follows from the claims, in JSON: "links" and "ledger", always replaced together.
projection = Table(
    "projection",
    metadata,
    Column("name", String, primary_key=True),
    Column("record", Text, nullable=False),
)

# Ids of steps and deals that were given once and stand for nothing by themselves any more: never used again, they lead on.
retired = Table(
    "retired",
    metadata,
    Column("id", String, primary_key=True),
    Column("into", String),
)

rejects = Table(
    "rejects",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("source", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("id", String, nullable=False),
    Column("reason", Text, nullable=False),
    Index("rejects_source", "source"),
)

# What a lookup needs of the projection, and nothing else of it: made anew with it. `record` is a lookup.Filed, or a Deal, in JSON.
steps = Table(
    "steps",
    metadata,
    Column("id", String, primary_key=True),
    Column("deal", String, nullable=False),
    Column("record", Text, nullable=False),
    Index("steps_deal", "deal"),
)

deals = Table(
    "deals",
    metadata,
    Column("id", String, primary_key=True),
    Column("record", Text, nullable=False),
)

# By key (lookup.of_step) and day (an ordinal; none where the step has no day): the steps.
keys = Table(
    "keys",
    metadata,
    Column("key", String, nullable=False),
    Column("day", Integer),
    Column("step", String, nullable=False),
    Index("keys_day", "key", "day", "step"),
)

# How many articles of an outlet ("" where it has no name) were published on a day ("" where it is unknown), with a claim or without.
coverage = Table(
    "coverage",
    metadata,
    Column("day", String, primary_key=True),
    Column("outlet", String, primary_key=True),
    Column("articles", Integer, nullable=False),
)
