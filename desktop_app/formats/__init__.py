"""Files in and out: what a shop system exports <-> records. No database, no window; the words for columns are data."""

from __future__ import annotations

from desktop_app.formats import amazon_template
from desktop_app.formats.cells import weight_in_grams
from desktop_app.formats.labelled import labelled, product_of
from desktop_app.formats.layouts import Layout, layout, layouts, second_path, write
from desktop_app.formats.losing import losses, lost_fields, said_before, with_second
from desktop_app.formats.mapper import FIELDS
from desktop_app.formats.original import carried, put_texts
from desktop_app.formats.outgoing import is_made_up, says_the_same, with_texts
from desktop_app.formats.reader import read, read_data
from desktop_app.formats.reading import FORMATS, Reading, load, named_encoding, plan_of
from desktop_app.formats.recognise import look
from desktop_app.formats.reports import write_drafts, write_problems, write_table
from desktop_app.formats.sales_lines import SaleLine, Sales, sales_lines
from desktop_app.formats.saving import write_bytes

__all__ = [
    "FIELDS", "FORMATS", "Layout", "Reading", "SaleLine", "Sales", "amazon_template", "carried", "is_made_up",
    "labelled", "layout", "layouts", "load", "look", "losses", "lost_fields", "named_encoding", "plan_of",
    "product_of", "put_texts", "read", "read_data", "said_before", "sales_lines", "says_the_same", "second_path",
    "weight_in_grams", "with_second", "with_texts", "write", "write_bytes", "write_drafts", "write_problems",
    "write_table",
]  # fmt: skip
