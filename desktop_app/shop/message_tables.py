"""The tables of customers' messages, as their migration made them: frozen. See ``desktop_app.message_records``."""

from __future__ import annotations

# Changed by a merchant's actions, so journalled.
MESSAGES = ("conversations", "messages", "replies", "macros", "intents", "intent_examples")
# Which messages somebody looked at: looking changes nothing, so there is nothing to undo.
MESSAGE_BOOKS = ("seen",)

# customer and order name rows without a foreign key: an undo may take them out before their conversation.
# messages.words is the text as the index holds it, spaced in Python; the triggers only carry it over.
_INTO = "INSERT INTO search_messages (rowid, words) VALUES (NEW.id, NEW.words)"
_OUT = "INSERT INTO search_messages (search_messages, rowid, words) VALUES ('delete', OLD.id, OLD.words)"
TABLES = (
    """CREATE TABLE conversations (id INTEGER PRIMARY KEY, person TEXT NOT NULL, address TEXT NOT NULL,
  phone TEXT NOT NULL, channel TEXT NOT NULL, subject TEXT NOT NULL, thread TEXT NOT NULL, state TEXT NOT NULL,
  customer INTEGER, "order" INTEGER, language TEXT NOT NULL, intent TEXT NOT NULL, confidence REAL NOT NULL,
  mood TEXT NOT NULL, urgency TEXT NOT NULL, why TEXT NOT NULL, entities TEXT NOT NULL, decided INTEGER NOT NULL,
  preview TEXT NOT NULL, began TEXT NOT NULL, last TEXT NOT NULL, newest INTEGER NOT NULL, count INTEGER NOT NULL)""",
    "CREATE INDEX conversations_last ON conversations(last)",
    "CREATE INDEX conversations_state ON conversations(state, last)",
    "CREATE INDEX conversations_address ON conversations(address) WHERE address <> ''",
    "CREATE INDEX conversations_phone ON conversations(phone) WHERE phone <> ''",
    "CREATE INDEX conversations_person ON conversations(person) WHERE person <> ''",
    "CREATE INDEX conversations_thread ON conversations(thread) WHERE thread <> ''",
    "CREATE INDEX conversations_customer ON conversations(customer) WHERE customer IS NOT NULL",
    """CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id),
  who TEXT NOT NULL, text TEXT NOT NULL, original TEXT NOT NULL, sender TEXT NOT NULL, address TEXT NOT NULL,
  subject TEXT NOT NULL, sent TEXT NOT NULL, external TEXT NOT NULL, "key" TEXT NOT NULL, words TEXT NOT NULL)""",
    "CREATE INDEX messages_conversation ON messages(conversation, sent)",
    'CREATE INDEX messages_key ON messages("key")',
    "CREATE INDEX messages_external ON messages(external) WHERE external <> ''",
    """CREATE TABLE replies (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations(id),
  text TEXT NOT NULL, data TEXT NOT NULL, action TEXT NOT NULL, mark TEXT NOT NULL, made TEXT NOT NULL,
  sent TEXT NOT NULL)""",
    "CREATE INDEX replies_conversation ON replies(conversation)",
    """CREATE TABLE macros (id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
  place INTEGER NOT NULL)""",
    """CREATE TABLE intents (id INTEGER PRIMARY KEY, "key" TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  hidden INTEGER NOT NULL)""",
    """CREATE TABLE intent_examples (id INTEGER PRIMARY KEY, intent TEXT NOT NULL, text TEXT NOT NULL,
  language TEXT NOT NULL)""",
    "CREATE TABLE seen (id INTEGER PRIMARY KEY, message INTEGER NOT NULL)",
    """CREATE VIRTUAL TABLE search_messages USING fts5(words, content = 'messages', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1')""",
    f"CREATE TRIGGER messages_in AFTER INSERT ON messages BEGIN {_INTO}; END",
    f"CREATE TRIGGER messages_out AFTER DELETE ON messages BEGIN {_OUT}; END",
    f"CREATE TRIGGER messages_on AFTER UPDATE ON messages BEGIN {_OUT}; {_INTO}; END",
    "CREATE TRIGGER seen_out AFTER DELETE ON conversations BEGIN DELETE FROM seen WHERE id = OLD.id; END",
)
