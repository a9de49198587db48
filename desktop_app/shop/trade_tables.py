"""The tables of trade as their migration made them: frozen. What each column means stands in ``desktop_app.trade``."""

from __future__ import annotations

# Changed by a merchant's actions, so journalled.
TRADE = (
    "customers", "customer_keys", "items", "orders", "order_lines", "returns", "moves", "suppliers", "supplies",
    "purchases", "purchase_lines",
)  # fmt: skip
# Made from these again after every change: sums by day, by day and item, by customer; the index of orders and people.
TRADE_DERIVED = ("takings", "sales", "patrons")

# items: one row for each different thing ever sold; a line names its item, and the item its variant, so that a product
# which comes into the catalogue later is linked to a million lines by one change.
# moves: the stock ledger. variants.stock is the sum of a variant's moves; no foreign key, since an undo of what was
# done before this table was made takes variants out whose first move the migration wrote.
# doing: why stock changes just now (reason, note), and whether the moves are written already (quiet).
TABLES = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, main INTEGER REFERENCES customers(id), name TEXT NOT NULL,
  email TEXT NOT NULL, phone TEXT NOT NULL, company TEXT NOT NULL, country TEXT NOT NULL, address TEXT NOT NULL,
  tags TEXT NOT NULL, note TEXT NOT NULL, consent TEXT NOT NULL, consent_at TEXT NOT NULL, language TEXT NOT NULL,
  made TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX customers_main ON customers(main) WHERE main IS NOT NULL;
CREATE TABLE customer_keys (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers(id),
  kind TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX customer_keys_value ON customer_keys(value, kind);
CREATE INDEX customer_keys_customer ON customer_keys(customer);
CREATE TABLE items (id INTEGER PRIMARY KEY, "key" TEXT NOT NULL, sku TEXT NOT NULL, barcode TEXT NOT NULL,
  title TEXT NOT NULL, options TEXT NOT NULL, kind TEXT NOT NULL, variant INTEGER REFERENCES variants(id),
  linked TEXT NOT NULL);
CREATE INDEX items_key ON items("key");
CREATE INDEX items_variant ON items(variant) WHERE variant IS NOT NULL;
CREATE TABLE orders (id INTEGER PRIMARY KEY, "key" TEXT NOT NULL, number TEXT NOT NULL, channel TEXT NOT NULL,
  kind TEXT NOT NULL, state TEXT NOT NULL, placed TEXT NOT NULL, day INTEGER NOT NULL, paid TEXT NOT NULL,
  sent TEXT NOT NULL, closed TEXT NOT NULL, currency TEXT NOT NULL, goods INTEGER NOT NULL, discount INTEGER NOT NULL,
  shipping INTEGER NOT NULL, tax INTEGER NOT NULL, fees INTEGER NOT NULL, refunded INTEGER NOT NULL,
  total INTEGER NOT NULL, customer INTEGER REFERENCES customers(id), person TEXT NOT NULL, country TEXT NOT NULL,
  kept TEXT NOT NULL, source_file INTEGER REFERENCES sources(id), updated TEXT NOT NULL);
CREATE INDEX orders_key ON orders("key");
CREATE INDEX orders_placed ON orders(placed);
CREATE INDEX orders_state ON orders(state, placed);
CREATE INDEX orders_channel ON orders(channel, placed);
CREATE INDEX orders_day ON orders(day);
CREATE INDEX orders_customer ON orders(customer) WHERE customer IS NOT NULL;
CREATE TABLE order_lines (id INTEGER PRIMARY KEY, "order" INTEGER NOT NULL REFERENCES orders(id),
  item INTEGER NOT NULL REFERENCES items(id), title TEXT, quantity NUMERIC NOT NULL, price INTEGER NOT NULL,
  discount INTEGER NOT NULL, tax INTEGER NOT NULL, amount INTEGER NOT NULL, cost INTEGER);
CREATE INDEX order_lines_order ON order_lines("order");
CREATE INDEX order_lines_item ON order_lines(item);
CREATE TABLE returns (id INTEGER PRIMARY KEY, line INTEGER NOT NULL REFERENCES order_lines(id),
  quantity NUMERIC NOT NULL, amount INTEGER NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL,
  day INTEGER NOT NULL, restocked INTEGER NOT NULL);
CREATE INDEX returns_line ON returns(line);
CREATE INDEX returns_day ON returns(day);
CREATE TABLE moves (id INTEGER PRIMARY KEY, variant INTEGER, change INTEGER NOT NULL, reason TEXT NOT NULL,
  at TEXT NOT NULL, line INTEGER REFERENCES order_lines(id), purchase INTEGER REFERENCES purchase_lines(id),
  note TEXT NOT NULL);
CREATE INDEX moves_variant ON moves(variant);
CREATE INDEX moves_line ON moves(line) WHERE line IS NOT NULL;
CREATE INDEX moves_purchase ON moves(purchase) WHERE purchase IS NOT NULL;
CREATE TABLE suppliers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
  address TEXT NOT NULL, currency TEXT NOT NULL, lead_days INTEGER, minimum INTEGER, note TEXT NOT NULL,
  updated TEXT NOT NULL);
CREATE TABLE supplies (id INTEGER PRIMARY KEY, supplier INTEGER NOT NULL REFERENCES suppliers(id),
  variant INTEGER REFERENCES variants(id), code TEXT NOT NULL, cost INTEGER, pack INTEGER NOT NULL, lead_days INTEGER);
CREATE INDEX supplies_supplier ON supplies(supplier);
CREATE INDEX supplies_variant ON supplies(variant);
CREATE TABLE purchases (id INTEGER PRIMARY KEY, supplier INTEGER NOT NULL REFERENCES suppliers(id),
  number TEXT NOT NULL, state TEXT NOT NULL, ordered TEXT NOT NULL, expected TEXT NOT NULL, received TEXT NOT NULL,
  currency TEXT NOT NULL, shipping INTEGER NOT NULL, note TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX purchases_supplier ON purchases(supplier);
CREATE TABLE purchase_lines (id INTEGER PRIMARY KEY, purchase INTEGER NOT NULL REFERENCES purchases(id),
  variant INTEGER REFERENCES variants(id), title TEXT NOT NULL, quantity INTEGER NOT NULL, received INTEGER NOT NULL,
  cost INTEGER);
CREATE INDEX purchase_lines_purchase ON purchase_lines(purchase);
CREATE INDEX purchase_lines_variant ON purchase_lines(variant) WHERE variant IS NOT NULL;
CREATE TABLE takings (day INTEGER NOT NULL, channel TEXT NOT NULL, currency TEXT NOT NULL, orders INTEGER NOT NULL,
  cancelled INTEGER NOT NULL, goods INTEGER NOT NULL, discount INTEGER NOT NULL, shipping INTEGER NOT NULL,
  tax INTEGER NOT NULL, fees INTEGER NOT NULL, refunded INTEGER NOT NULL, total INTEGER NOT NULL,
  PRIMARY KEY (day, channel, currency)) WITHOUT ROWID;
CREATE TABLE sales (day INTEGER NOT NULL, item INTEGER NOT NULL, channel TEXT NOT NULL, currency TEXT NOT NULL,
  lines INTEGER NOT NULL, units NUMERIC NOT NULL, amount INTEGER NOT NULL, costed INTEGER NOT NULL,
  cost INTEGER NOT NULL, back_units NUMERIC NOT NULL, back_amount INTEGER NOT NULL,
  PRIMARY KEY (day, item, channel, currency)) WITHOUT ROWID;
CREATE TABLE patrons (id INTEGER PRIMARY KEY, name_key BLOB NOT NULL, orders INTEGER NOT NULL, spent INTEGER NOT NULL,
  currency TEXT NOT NULL, mixed INTEGER NOT NULL, first_day INTEGER, last_day INTEGER);
CREATE INDEX patrons_name ON patrons(name_key);
CREATE INDEX patrons_spent ON patrons(spent);
CREATE INDEX patrons_last ON patrons(last_day);
CREATE TABLE outdated (what TEXT NOT NULL, "key" INTEGER NOT NULL, PRIMARY KEY (what, "key")) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_orders USING fts5(codes, who, tokenize = 'unicode61 remove_diacritics 2', prefix = '1');
CREATE VIRTUAL TABLE search_customers USING fts5(who, codes, tokenize = 'unicode61 remove_diacritics 2', prefix = '1');
ALTER TABLE doing ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE doing ADD COLUMN reason TEXT NOT NULL DEFAULT 'count';
ALTER TABLE doing ADD COLUMN note TEXT NOT NULL DEFAULT '';
INSERT INTO moves (variant, change, reason, at, note)
  SELECT id, stock, 'import', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), '' FROM variants WHERE stock IS NOT NULL
"""

# Whoever changes variants.stock, a move says so. Only an undo, which takes back the moves too, and the ledger itself,
# which writes them, keep quiet.
_QUIET = "(SELECT quiet FROM doing WHERE id = 1) = 0"
_MOVE = """INSERT INTO moves (variant, change, reason, at, note)
 SELECT NEW.id, {change}, reason, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), note FROM doing WHERE id = 1"""
LEDGER_TRIGGERS = {
    "ledger_insert": f"""AFTER INSERT ON variants WHEN NEW.stock IS NOT NULL
 AND (SELECT ranged FROM doing WHERE id = 1) = 0 AND {_QUIET} BEGIN {_MOVE.format(change="NEW.stock")}; END""",
    "ledger_update": f"""AFTER UPDATE OF stock ON variants WHEN NEW.stock IS NOT OLD.stock AND {_QUIET}
 BEGIN {_MOVE.format(change="ifnull(NEW.stock, 0) - ifnull(OLD.stock, 0)")}; END""",
    "ledger_delete": f"""BEFORE DELETE ON variants WHEN {_QUIET} BEGIN
 UPDATE items SET variant = NULL, linked = '' WHERE variant = OLD.id;
 UPDATE supplies SET variant = NULL WHERE variant = OLD.id;
 UPDATE purchase_lines SET variant = NULL WHERE variant = OLD.id;
 UPDATE moves SET variant = NULL, note = trim(OLD.sku || ' ' || note) WHERE variant = OLD.id; END""",
}
