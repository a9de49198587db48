"""The tables of what a shop knows, as their migration made them: frozen. See ``desktop_app.knowledge_records``."""

from __future__ import annotations

# Changed by a merchant's actions, so journalled.
KNOWLEDGE = ("knowledge_sources", "passages", "gaps", "pairs")
KNOWLEDGE_CHANGES = ("passage_changes",)
# Meanings belong to words, not to passages: undo and a second import compute nothing twice. The mark counts changes.
KNOWLEDGE_BOOKS = ("meanings", "knowledge_mark")

# passages.words is the text as the index holds it, spaced in Python; the triggers only carry it over.
_INTO = "INSERT INTO search_passages (rowid, words) VALUES (NEW.id, NEW.words)"
_OUT = "INSERT INTO search_passages (search_passages, rowid, words) VALUES ('delete', OLD.id, OLD.words)"
_COUNT = "UPDATE knowledge_mark SET n = n + 1"
TABLES = (
    """CREATE TABLE knowledge_sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL,
  path TEXT NOT NULL, sha256 TEXT NOT NULL, language TEXT NOT NULL, read TEXT NOT NULL)""",
    """CREATE TABLE passages (id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES knowledge_sources(id),
  text TEXT NOT NULL, question TEXT NOT NULL, language TEXT NOT NULL, heading TEXT NOT NULL, page INTEGER NOT NULL,
  "row" INTEGER NOT NULL, start INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  digest BLOB NOT NULL, words TEXT NOT NULL)""",
    "CREATE INDEX passages_source ON passages(source)",
    "CREATE INDEX passages_digest ON passages(digest)",
    """CREATE TABLE gaps (id INTEGER PRIMARY KEY, question TEXT NOT NULL, language TEXT NOT NULL,
  times INTEGER NOT NULL, asked TEXT NOT NULL, state TEXT NOT NULL, passage INTEGER)""",
    """CREATE TABLE pairs (id INTEGER PRIMARY KEY, question TEXT NOT NULL, answer TEXT NOT NULL, language TEXT NOT NULL,
  times INTEGER NOT NULL, others TEXT NOT NULL, state TEXT NOT NULL)""",
    """CREATE TABLE meanings (digest BLOB NOT NULL, weights TEXT NOT NULL, told BLOB NOT NULL, asked BLOB NOT NULL,
  PRIMARY KEY (digest, weights)) WITHOUT ROWID""",
    "CREATE TABLE knowledge_mark (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL)",
    "INSERT INTO knowledge_mark (id, n) VALUES (1, 0)",
    """CREATE VIRTUAL TABLE search_passages USING fts5(words, content = 'passages', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1')""",
    f"CREATE TRIGGER passages_in AFTER INSERT ON passages BEGIN {_INTO}; {_COUNT}; END",
    f"CREATE TRIGGER passages_out AFTER DELETE ON passages BEGIN {_OUT}; {_COUNT}; END",
    f"CREATE TRIGGER passages_on AFTER UPDATE ON passages BEGIN {_OUT}; {_INTO}; {_COUNT}; END",
)

# What a source said of a passage that the merchant changed (passage 0: took out), and what it says since (news, JSON).
CHANGES_TABLES = (
    """CREATE TABLE passage_changes (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, passage INTEGER NOT NULL,
  question TEXT NOT NULL, text TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, news TEXT NOT NULL)""",
    "CREATE INDEX passage_changes_source ON passage_changes(source)",
    "CREATE INDEX passage_changes_passage ON passage_changes(passage)",
)
