"""The words of the command line: which commands there are and what each takes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop_app import __version__
from desktop_app.cli import (
    help_words,
    price_commands,
    reply_commands,
    rule_commands,
    sell_command,
    shop_commands,
    support_commands,
)
from desktop_app.records import FIELDS

# What products go out in (formats.layouts reads its tables of columns first, which a start should not wait for).
WRITTEN = (
    "shopify", "woocommerce", "magento", "prestashop", "wix", "square", "etsy", "ebay", "amazon", "taobao", "table",
    "original",
)  # fmt: skip


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line; wrong words end the program with status 2 and say what was expected.

    What is for every command (--json, --quiet, --shop, --weights) may stand before the command or behind it.
    """
    parser = _parser()
    help_words.translate(parser)
    return parser.parse_args(help_words.in_front(list(words)))


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="zhanggui", description="掌柜: an offline assistant for small shops.", formatter_class=help_words.Formatter
    )
    top.add_argument("--version", action="version", version=f"zhanggui {__version__}")
    top.add_argument("--shop", type=Path, metavar="FILE", help="the shop file (default: your own)")
    top.add_argument("--weights", type=Path, metavar="FILE", help="a GGUF file to write with, this once")
    top.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
    top.add_argument("--quiet", action="store_true", help="no progress")
    top.add_argument("--self-check", action="store_true", help="use every part once and say whether all is well")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _catalogue(commands)
    _texts(commands)
    _history(commands)
    _questions(commands)
    _scores(commands)
    _machine(commands)
    return top


def _catalogue(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("demo", help="the sample shop, end to end, with the starter weights")
    take = commands.add_parser("import", help="bring a file into the shop")
    take.add_argument("what", choices=("products", "orders", "reviews", "messages", "knowledge"))
    take.add_argument("files", nargs="*", type=Path, metavar="FILE")
    take.add_argument("--approved", action="store_true", help="knowledge: the texts you approved of products")
    take.add_argument("--format", help="shopify, shopify-legacy, woocommerce or table (default: recognised)")
    take.add_argument("--encoding", help="utf-8, gb18030, utf-16 … (default: recognised)")
    take.add_argument("--sheet", help="the sheet of a workbook")
    take.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="what a column holds")
    take.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    take.add_argument("--wins", choices=("file", "mine"), help="whose edit wins when both changed")
    take.add_argument("--missing", choices=("keep", "archive"), help="products no longer in the file")
    take.add_argument("--no-stock", action="store_true", help="orders: leave the stock as it is")
    take.add_argument("--book-again", action="store_true",
                      help="orders: book a list's returns also where they seem to be written down already")  # fmt: skip
    take.add_argument("--problems", type=Path, metavar="FILE", help="save the rows that could not be read here")
    give = commands.add_parser("export", help="take products or drafts out of the shop")
    give.add_argument("what", choices=("products", "orders", "reviews", "drafts", "record"))
    give.add_argument("file", type=Path, metavar="FILE")
    give.add_argument("--format", default="", help=f"products: {', '.join(WRITTEN)}; reviews: "
                      "reviews, themes, summaries, answers")  # fmt: skip
    give.add_argument(
        "--dry-run",
        action="store_true",
        help="say what would be written and what the other shop will see change",
    )
    give.add_argument("--template", type=Path, metavar="FILE", help="products: Amazon's own template, to be filled")
    give.add_argument("--source", type=int, metavar="N", help="which imported file `original` gives back")
    find = commands.add_parser("products", help="search the catalogue, newest first")
    find.add_argument("query", nargs="*", metavar="QUERY")
    find.add_argument("--status", choices=("active", "draft", "archived", "all"), default="active",
                      help="active, draft, archived or all (default: active)")  # fmt: skip
    find.add_argument("--limit", type=int, default=0, metavar="N", help="at most N products")
    price_commands.add_words(commands)
    sell_command.add_words(commands)
    shop_commands.add_words(commands)


def _texts(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    write = commands.add_parser("describe", help="write texts")
    write.add_argument("products", nargs="*", metavar="PRODUCT", help="SKU, handle or id:N")
    write.add_argument("--all", action="store_true", help="every product")
    write.add_argument("--missing", action="store_true", help="every product without a text")
    write.add_argument("--stale", action="store_true", help="every text whose facts changed since")
    write.add_argument("--language", default="", help="en, zh, … (default: the shop's)")
    write.add_argument("--field", choices=FIELDS, default="description")
    write.add_argument("--channel", default="", help="where the text will stand")
    write.add_argument("--tone", choices=("plain", "warm"), default="plain")
    write.add_argument("--length", choices=("short", "medium", "long"), default="medium")
    write.add_argument("--writer", choices=("auto", "weights", "plain"), default="auto")
    write.add_argument("--seed", type=int, default=0)
    every = commands.add_parser("jobs", help="writing in bulk: what runs, waits and is done")
    every.add_argument("--cancel", type=int, metavar="ID", help="give this job up; what it wrote stays")
    on = commands.add_parser("resume", help="go on with a job that was cut short")
    on.add_argument("id", nargs="?", type=int, metavar="ID", help="the job (default: all that wait)")
    check = commands.add_parser("check", help="hold a text against a product's facts")
    check.add_argument("text")
    check.add_argument("--product", required=True)
    check.add_argument("--language", default="")
    check.add_argument("--strict", action="store_true", help="exit with status 3 where something is found")
    rule_commands.add_words(commands)
    show = commands.add_parser("drafts", help="the drafts that wait")
    show.add_argument("--status", choices=("new", "approved", "rejected", "all"), default="new")
    show.add_argument("--product", default="")
    voices = commands.add_parser("reviews", help="what customers say of products")
    voices.add_argument("verb", choices=("summarise", "page", "reply", "themes", "mark"),
                        help="sum up; draft the page text; draft answers; look for themes; mark advertising and the "
                        "like again with today's rules")  # fmt: skip
    voices.add_argument("products", nargs="*", metavar="PRODUCT", help="SKU, handle or id:N (default: all)")
    voices.add_argument("--all", action="store_true", help="every product that has reviews")
    voices.add_argument("--language", default="", help="en or zh (default: the shop's)")
    voices.add_argument("--writer", choices=("auto", "weights", "plain"), default="plain",
                        help="in the weights' own words, where they know the language (auto) or in any case; "
                        "default: the text built from the table")  # fmt: skip
    for name, what in (("approve", "approve drafts"), ("reject", "reject drafts")):
        decide = commands.add_parser(name, help=what)
        decide.add_argument("ids", nargs="*", metavar="ID")
        decide.add_argument("--all", action="store_true", help="every draft that waits")


def _history(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    past = commands.add_parser("actions", help="what was done, newest first")
    past.add_argument("--limit", type=int, default=50, metavar="N")
    back = commands.add_parser("undo", help="take back the last action")
    back.add_argument("--steps", type=int, default=1, metavar="N")
    back.add_argument("--to", type=int, metavar="ACTION", help="take back this action and all after it")
    again = commands.add_parser("redo", help="bring back what was undone")
    again.add_argument("--steps", type=int, default=1, metavar="N")
    word = commands.add_parser("password", help="put a password on the shop file, or change it")
    word.add_argument("--remove", action="store_true", help="take the password off")


def _questions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    question = commands.add_parser("ask", help="a figure, the rows behind it, a sentence")
    question.add_argument("text", nargs="+", metavar="TEXT", help="a question in plain words, English or Chinese")
    reply_commands.add_words(commands)


def _scores(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    score = commands.add_parser("evaluate", help="score this installation on a labelled file")
    tasks = score.add_subparsers(dest="task", metavar="TASK", required=True)
    facts = tasks.add_parser("facts", help="texts held against their products' attributes")
    facts.add_argument("file", type=Path, metavar="FILE")
    facts.add_argument("--attributes", default="attributes_json", metavar="COLUMN")
    facts.add_argument("--text", default="description_html", metavar="COLUMN")
    facts.add_argument("--language", default="")
    facts.add_argument("--rows", action="store_true", help="also a line for each row")
    sold = {"forecast": "the last weeks of each product, each from those before", "recommend": "hidden lines of orders"}
    for name, what in sold.items():
        sales = tasks.add_parser(name, help=what)
        sales.add_argument("file", type=Path, metavar="FILE", help="any table of sales, or a basket a line")
        sales.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="what a column holds")
        sales.add_argument("--rows", action="store_true", help="also a line for each row")
        if name == "forecast":
            sales.add_argument("--top", type=int, default=0, metavar="N", help="only the N products that sold most")
            sales.add_argument("--weeks", type=int, default=12, metavar="N")
    mood = tasks.add_parser("sentiment", help="praise or blame of whole texts")
    mood.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV, XLSX or JSONL in any encoding")
    mood.add_argument("--text", required=True, metavar="COLUMN")
    mood.add_argument("--label", required=True, metavar="COLUMN", help="1/0, pos/neg, stars 1-5 …")
    mood.add_argument("--rows", action="store_true", help="also a line for each row")
    about = tasks.add_parser("aspects", help="what is said of each aspect")
    about.add_argument("file", type=Path, metavar="FILE")
    about.add_argument("--format", required=True, help="mams-acsa, mams-atsa, semeval, asap or columns")
    about.add_argument("--text", metavar="COLUMN", help="of a table (default: found)")
    about.add_argument("--rows", action="store_true", help="also a line for each row")
    foreseen = tasks.add_parser("perplexity", help="how well the weights foresee a text")
    foreseen.add_argument("file", type=Path, metavar="FILE", help="a text file, or a table with --text")
    foreseen.add_argument("--text", default="", metavar="COLUMN", help="score each cell of this column")
    foreseen.add_argument("--rows", action="store_true", help="also a line for each text")
    support_commands.add_scores(tasks)


def _machine(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    speed = commands.add_parser("bench", help="how much text this machine writes in a minute")
    speed.add_argument("--file", type=Path, metavar="PRODUCTS", help="on these products (default: the sample shop)")
    speed.add_argument("--again", action="store_true", help="measure anew what is best for this machine")
    speed.add_argument("--no-check", action="store_true", help="whole texts, no sentence held against the facts")
    files = commands.add_parser("weights", help="the weights on this machine")
    verbs = files.add_subparsers(dest="verb", metavar="VERB", required=True)
    listed = verbs.add_parser("list", help="what is here")
    listed.add_argument("--recommended", action="store_true", help="what could be fetched, and whether it fits here")
    get = verbs.add_parser("get", help="fetch weights from the hub; goes on where it was cut")
    get.add_argument("name", metavar="NAME", help="a recommended name, or OWNER/REPOSITORY/FILE.gguf")
    newer = verbs.add_parser("update-list", help="take a newer list of recommended weights from a file")
    newer.add_argument("file", type=Path, metavar="FILE")
    for verb, what in (("add", "bring a GGUF file in"), ("check", "look at a GGUF file before it is loaded")):
        one = verbs.add_parser(verb, help=what)
        one.add_argument("file", type=Path, metavar="FILE")
        if verb == "add":
            one.add_argument("--in-place", action="store_true", help="use the file where it is, do not copy it")
    gone = verbs.add_parser("remove", help="take weights off this machine")
    gone.add_argument("name", metavar="NAME")
    commands.add_parser("doctor", help="what this machine has, what was found, what to do")
