"""The tables of a shop file, by migrations that are frozen once released, and the triggers that keep its journal."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from desktop_app.shop.connect import APPLICATION, File
from desktop_app.shop.knowledge_tables import CHANGES_TABLES, KNOWLEDGE, KNOWLEDGE_BOOKS, KNOWLEDGE_CHANGES
from desktop_app.shop.knowledge_tables import TABLES as KNOWLEDGE_TABLES
from desktop_app.shop.message_tables import MESSAGE_BOOKS, MESSAGES
from desktop_app.shop.message_tables import TABLES as MESSAGE_TABLES
from desktop_app.shop.summaries import TABLE as SUMMARIES_TABLE
from desktop_app.shop.trade_tables import LEDGER_TRIGGERS, TABLES, TRADE, TRADE_DERIVED
from desktop_app.shop.wordings import TABLE as WORDINGS_TABLE

# Every table a merchant's action may change, each with three triggers. The first column of PARTS is the product.
DATA = (
    "sources", "products", "variants", "facts", "images", "drafts", "approvals", "settings", "reviews", "themes",
    *TRADE,
    "verdicts", "edits",
    *KNOWLEDGE,
    *MESSAGES,
    "summaries",
    *KNOWLEDGE_CHANGES,
)  # fmt: skip
PARTS = ("variants", "facts", "images", "drafts")
# Made from the tables above and made again after every change, undo and redo.
DERIVED = ("shelf", "search", *TRADE_DERIVED)
# What no action changes and so nothing undoes: which words went out, and how far long work is.
BOOKS = ("exports", "jobs", "ticks", "readings", "outdated", "wordings", *KNOWLEDGE_BOOKS, *MESSAGE_BOOKS)
VALUES = 24  # columns of the journal that hold old values, without a type so that every value comes back as it was

migrations = Migrations("zhanggui")


@migrations()
def the_first_shop(db: Database) -> None:
    """Make the tables of version 1. Money is kept in ten-thousandths; JSON where a list is only ever read whole."""
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def trade(db: Database) -> None:
    """Make the tables of orders, customers, stock and purchases."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)


_FIRST = f"""
CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, data BLOB NOT NULL,
  format TEXT NOT NULL, encoding TEXT NOT NULL, "plan" TEXT NOT NULL, imported TEXT NOT NULL);
CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT NOT NULL, handle TEXT NOT NULL, description TEXT NOT NULL,
  vendor TEXT NOT NULL, category TEXT NOT NULL, tags TEXT NOT NULL, status TEXT NOT NULL, language TEXT NOT NULL,
  seo_title TEXT NOT NULL, seo_description TEXT NOT NULL, extra TEXT NOT NULL,
  source_file INTEGER REFERENCES sources(id), source_row INTEGER, edited TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX products_handle ON products(handle) WHERE handle <> '';
CREATE INDEX products_source ON products(source_file) WHERE source_file IS NOT NULL;
CREATE TABLE variants (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES products(id), place INTEGER NOT NULL,
  sku TEXT NOT NULL, barcode TEXT NOT NULL, options TEXT NOT NULL, price INTEGER, compare_at INTEGER, cost INTEGER,
  stock INTEGER, weight_grams TEXT, image TEXT NOT NULL, extra TEXT NOT NULL, position INTEGER NOT NULL);
CREATE INDEX variants_product ON variants(product);
CREATE INDEX variants_sku ON variants(sku) WHERE sku <> '';
CREATE TABLE facts (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES products(id), place INTEGER NOT NULL,
  name TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL,
  source TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX facts_product ON facts(product);
CREATE TABLE images (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES products(id), place INTEGER NOT NULL,
  address TEXT NOT NULL, alt TEXT NOT NULL, position INTEGER NOT NULL);
CREATE INDEX images_product ON images(product);
CREATE TABLE drafts (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES products(id), field TEXT NOT NULL,
  language TEXT NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL, source TEXT NOT NULL, evidence TEXT NOT NULL,
  findings TEXT NOT NULL, refused INTEGER NOT NULL, weights TEXT NOT NULL, weights_sha256 TEXT NOT NULL,
  prompt TEXT NOT NULL, seed INTEGER NOT NULL, facts TEXT NOT NULL, given TEXT NOT NULL, stopped INTEGER NOT NULL,
  made TEXT NOT NULL);
CREATE INDEX drafts_product ON drafts(product);
CREATE INDEX drafts_status ON drafts(status);
CREATE TABLE approvals (id INTEGER PRIMARY KEY, draft INTEGER NOT NULL REFERENCES drafts(id), at TEXT NOT NULL,
  who TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX approvals_draft ON approvals(draft);
CREATE TABLE settings (id INTEGER PRIMARY KEY, "key" TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE exports (id INTEGER PRIMARY KEY, product INTEGER NOT NULL, field TEXT NOT NULL, language TEXT NOT NULL,
  sha256 TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (product, field, language));
CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, choice TEXT NOT NULL, wishes TEXT NOT NULL,
  products BLOB NOT NULL, total INTEGER NOT NULL, done INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT '', action INTEGER, made TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '',
  machine TEXT NOT NULL DEFAULT '', weights TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0,
  texts INTEGER NOT NULL DEFAULT 0);
CREATE TABLE ticks (job INTEGER NOT NULL REFERENCES jobs(id), product INTEGER NOT NULL, draft INTEGER,
  why TEXT NOT NULL, PRIMARY KEY (job, product)) WITHOUT ROWID;
CREATE TABLE shelf (id INTEGER PRIMARY KEY, title_key BLOB NOT NULL, sku TEXT NOT NULL, status TEXT NOT NULL,
  price_low INTEGER, price_high INTEGER, stock INTEGER, variants INTEGER NOT NULL, described INTEGER NOT NULL,
  text TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX shelf_title ON shelf(title_key, status, text);
CREATE VIRTUAL TABLE search USING fts5(title, codes, facts, text,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1');
CREATE TABLE actions (id INTEGER PRIMARY KEY AUTOINCREMENT, template TEXT NOT NULL, params TEXT NOT NULL,
  at TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0,
  entries INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '', root INTEGER NOT NULL DEFAULT 0);
CREATE TABLE doing (id INTEGER PRIMARY KEY CHECK (id = 1), action INTEGER, ranged INTEGER NOT NULL DEFAULT 0);
INSERT INTO doing (id) VALUES (1);
CREATE TABLE journal (id INTEGER PRIMARY KEY, action INTEGER NOT NULL, tbl TEXT NOT NULL, op TEXT NOT NULL,
  row INTEGER NOT NULL, detail INTEGER, {", ".join(f"v{n}" for n in range(VALUES))});
CREATE INDEX journal_action ON journal(action);
INSERT INTO search(search, rank) VALUES ('hashsize', 33554432);
INSERT INTO search(search, rank) VALUES ('automerge', 16)
"""


@migrations()
def reviews(db: Database) -> None:
    """Make room for reviews, for what the merchant calls their themes, and for what was read in each text.

    A reading belongs to a text, not to a review: undo, a second import and copies of a text read nothing twice.
    """
    for statement in _REVIEWS.split(";\n"):
        if statement.strip():
            db.execute(statement)


_REVIEWS = """
CREATE TABLE reviews (id INTEGER PRIMARY KEY, product INTEGER REFERENCES products(id),
  source INTEGER REFERENCES sources(id), "key" TEXT NOT NULL, stars REAL, title TEXT NOT NULL, text TEXT NOT NULL,
  language TEXT NOT NULL, variant TEXT NOT NULL, author TEXT NOT NULL, written TEXT NOT NULL, place TEXT NOT NULL,
  reply TEXT NOT NULL, external TEXT NOT NULL, marks TEXT NOT NULL, named TEXT NOT NULL, doubtful TEXT NOT NULL,
  print INTEGER NOT NULL, digest BLOB NOT NULL);
CREATE INDEX reviews_product ON reviews(product);
CREATE INDEX reviews_key ON reviews("key");
CREATE INDEX reviews_digest ON reviews(digest);
CREATE TABLE themes (id INTEGER PRIMARY KEY, "key" TEXT NOT NULL, name TEXT NOT NULL, merged TEXT NOT NULL,
  words TEXT NOT NULL, hidden INTEGER NOT NULL);
CREATE TABLE readings (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, version TEXT NOT NULL, data TEXT NOT NULL)
"""


@migrations()
def writing(db: Database) -> None:
    """Make room for what the merchant said of questions and proposed facts, and for texts as they were before an edit.

    A draft keeps how likely its words were, under which rules it was written, how it reads back in the merchant's
    language, and the channel it is for; a job the hours of the day it may run in.
    """
    for statement in _WRITING.split(";\n"):
        if statement.strip():
            db.execute(statement)


_WRITING = """
ALTER TABLE drafts ADD COLUMN likelihood REAL;
ALTER TABLE drafts ADD COLUMN rules TEXT;
ALTER TABLE drafts ADD COLUMN back TEXT;
ALTER TABLE drafts ADD COLUMN channel TEXT;
ALTER TABLE jobs ADD COLUMN hours TEXT NOT NULL DEFAULT '';
CREATE TABLE verdicts (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES products(id), topic TEXT NOT NULL,
  verdict TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX verdicts_product ON verdicts(product);
CREATE TABLE edits (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES products(id), draft INTEGER NOT NULL,
  field TEXT NOT NULL, language TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, at TEXT NOT NULL)
"""


@migrations()
def knowledge(db: Database) -> None:
    """Make room for what the shop knows, what each passage means, and the questions nothing answered."""
    for statement in KNOWLEDGE_TABLES:
        db.execute(statement)


@migrations()
def conversations(db: Database) -> None:
    """Make room for what customers write: conversations, kept drafts, saved answers, what messages want."""
    for statement in MESSAGE_TABLES:
        db.execute(statement)


@migrations()
def summaries(db: Database) -> None:
    """Make room for what weights wrote of a product's reviews, beside the table that it was written from."""
    db.execute(SUMMARIES_TABLE)


@migrations()
def changed_passages(db: Database) -> None:
    """Make room for what a file said of passages that the merchant changed or took out."""
    for statement in CHANGES_TABLES:
        db.execute(statement)


@migrations()
def wordings(db: Database) -> None:
    """Make room for what the names of products mean to weights."""
    db.execute(WORDINGS_TABLE)


@migrations()
def told_returns(db: Database) -> None:
    """Make room for what dated lists said of pieces that came back."""
    db.execute("ALTER TABLE returns ADD COLUMN told TEXT NOT NULL DEFAULT ''")


def version() -> int:
    """Return the format number this program writes: how many migrations it knows."""
    return len(migrations._migrations)


def migrate(file: File) -> None:
    """Bring the tables up to date and put the journal's triggers back."""
    db = Database(file.connection)
    migrations.apply(db)
    with db.atomic():
        put_triggers(file)
        file.run(f"PRAGMA application_id={APPLICATION}")
        file.run(f"PRAGMA user_version={version()}")


def put_triggers(file: File) -> None:
    """Put the three triggers on every data table, which write how to take each change back."""
    for table in DATA:
        names = file.columns(table)
        if len(names) > VALUES:
            raise AssertionError(f"the journal has too few columns for {table}")
        for event, when, body in _triggers(table, names):
            file.run(f"DROP TRIGGER IF EXISTS journal_{table}_{event}")
            file.run(f"CREATE TRIGGER journal_{table}_{event} AFTER {event} ON {table} WHEN {when} BEGIN {body}; END")
    for name, does in LEDGER_TRIGGERS.items():
        file.run(f"DROP TRIGGER IF EXISTS {name}")
        file.run(f"CREATE TRIGGER {name} {does}")


def _triggers(table: str, names: list[str]) -> list[tuple[str, str, str]]:
    action = "(SELECT action FROM doing WHERE id = 1)"
    slots = ", ".join(f"v{n}" for n in range(len(names)))
    olds = ", ".join(f'OLD."{name}"' for name in names)
    differs = [f'OLD."{name}" IS NOT NEW."{name}"' for name in names]
    mask = " + ".join(f"({test}) * {1 << n}" for n, test in enumerate(differs))
    kept = ", ".join(f'CASE WHEN {test} THEN OLD."{name}" END' for name, test in zip(names, differs, strict=True))
    into = "INSERT INTO journal (action, tbl, op, row"
    return [
        (
            "insert",
            "(SELECT action FROM doing WHERE id = 1 AND ranged = 0) IS NOT NULL",
            f"{into}) VALUES ({action}, '{table}', 'insert', NEW.id)",
        ),
        ("delete", f"{action} IS NOT NULL", f"{into}, {slots}) VALUES ({action}, '{table}', 'delete', OLD.id, {olds})"),
        (
            "update",
            f"{action} IS NOT NULL AND ({' OR '.join(differs)})",
            f"{into}, detail, {slots}) VALUES ({action}, '{table}', 'update', OLD.id, {mask}, {kept})",
        ),
    ]
