"""The style sheet, written once with role names in place of colours."""

from __future__ import annotations

from collections.abc import Mapping

_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog, QWidget#page, QWidget#body { background: @surface; }
QToolTip { background: @text; color: @surface; border: none; padding: 4px 8px; font-size: 12px; }

QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="caution"] { color: @caution; }
QLabel[tone="bad"] { color: @bad; }
QLabel[tone="accent"] { color: @accent; }

QLabel[pill="good"] { background: @accent_soft; color: @accent; border-radius: 9px; padding: 0px 8px; }
QLabel[pill="caution"] { background: @caution_soft; color: @caution; border-radius: 9px; padding: 0px 8px; }
QLabel[pill="bad"] { background: @bad_soft; color: @bad; border-radius: 9px; padding: 0px 8px; }
QLabel[pill="muted"] { background: @hover; color: @muted; border-radius: 9px; padding: 0px 8px; }
QLabel#key { background: @surface; color: @muted; border: 1px solid @line; border-radius: 4px; padding: 0px 4px; }
QLabel#key[on="accent"] { background: transparent; color: @on_accent; border-color: @on_accent; }
QLabel#key:disabled { color: @control; background: transparent; }
QLabel#key[on="accent"]:disabled { color: @muted; border-color: @muted; }

QFrame#card { background: @raised; border: 1px solid @line; border-radius: 10px; }
QFrame#line { background: transparent; border: none; border-bottom: 1px solid @line; }
QFrame#lastline { background: transparent; border: none; }
QFrame#hairline { background: @line; border: none; }
QWidget#navigation { background: @surface; border-right: 1px solid @line; }
QWidget#strip { background: @surface; border-top: 1px solid @line; }
QWidget#header { background: @surface; border-bottom: 1px solid @line; }
QWidget#footer { background: @surface; border-top: 1px solid @line; }
QWidget#side { background: @raised; border-left: 1px solid @line; }
QWidget#sidequiet { background: @surface; border-left: 1px solid @line; }
QWidget#plain, QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget#plain { background: transparent; }
QScrollArea { border: none; }

QFrame[notice="info"] { background: @accent_soft; border: none; border-radius: 10px; }
QFrame[notice="caution"] { background: @caution_soft; border: none; border-radius: 10px; }
QFrame[notice="bad"] { background: @bad_soft; border: none; border-radius: 10px; }

QPushButton { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 6px 12px; min-height: 20px;
  font-weight: 500; color: @text; }
QPushButton, QTabBar, QCheckBox, QRadioButton { outline: none; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @line; }
QPushButton:checked { background: @accent_soft; border-color: @accent; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 11px; }
QPushButton:disabled { color: @control; background: transparent; }
QPushButton[kind="main"] { background: @accent; border-color: @accent; color: @on_accent; }
QPushButton[kind="main"]:hover, QPushButton[kind="main"]:pressed { background: @accent_hover; }
QPushButton[kind="main"]:focus { border: 1px solid @accent; padding: 6px 12px; }
QPushButton[kind="main"]:disabled { background: @line; border-color: @line; color: @muted; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: @muted; font-weight: 400; }
QPushButton[kind="quiet"]:hover { background: @hover; color: @text; }
QPushButton[kind="quiet"]:checked { background: @accent_soft; color: @text; font-weight: 600; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @accent; font-weight: 600;
  padding: 1px 4px; min-height: 16px; border-radius: 4px; }
QPushButton[kind="link"]:hover { background: @hover; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 0px 3px; }
QPushButton[kind="link"][lead="true"] { border-left: none; padding-left: 0px; text-align: left; }
QPushButton[kind="link"]:disabled { color: @control; }
QPushButton[scale="small"] { font-size: 12px; padding: 3px 8px; min-height: 16px; }
QPushButton[scale="small"]:focus { padding: 2px 7px; }
QPushButton[kind="link"][scale="small"] { padding: 0px 4px; min-height: 16px; }
QPushButton[kind="link"][scale="small"]:focus { padding: 0px 3px; min-height: 14px; }
QPushButton[scale="icon"] { padding: 0px; min-height: 26px; max-height: 26px; min-width: 26px; max-width: 26px; }
QPushButton[scale="icon"]:focus { padding: 0px; min-height: 24px; max-height: 24px; min-width: 24px; max-width: 24px; }
QPushButton[hint="short"] { padding-right: 40px; }
QPushButton[hint="short"]:focus { padding-right: 39px; }
QPushButton[hint="short"][kind="main"]:focus { padding-right: 40px; }
QPushButton[hint="long"] { padding-right: 54px; }
QPushButton[hint="long"]:focus { padding-right: 53px; }
QPushButton[hint="long"][kind="main"]:focus { padding-right: 54px; }
QPushButton[hint="wide"] { padding-right: 76px; }
QPushButton[hint="wide"]:focus { padding-right: 75px; }
QPushButton::menu-indicator { width: 0px; }

QPushButton#chip { background: @surface; border: 1px solid @line; border-radius: 10px; padding: 0px 8px;
  min-height: 18px; font-size: 12px; font-weight: 400; text-align: left; }
QPushButton#chip:hover { background: @hover; }
QPushButton#chip:focus { border: 2px solid @accent; padding: 0px 7px; min-height: 16px; }
QPushButton#suggestion { background: @caution_soft; color: @caution; border: 1px solid @caution_soft;
  border-radius: 10px; padding: 0px 8px; min-height: 18px; font-size: 12px; font-weight: 400; }
QPushButton#suggestion:hover { border-color: @caution; }
QPushButton#suggestion:focus { border: 2px solid @accent; padding: 0px 7px; min-height: 16px; }

QPushButton#place { background: transparent; border: 1px solid transparent; border-radius: 6px; }
QPushButton#place:hover { background: @hover; }
QPushButton#place:checked { background: @accent_soft; }
QPushButton#place:focus { border: 2px solid @accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: @raised; color: @text;
  border: 1px solid @control; border-radius: 6px; padding: 5px 8px; selection-background-color: @accent;
  selection-color: @on_accent; }
QLineEdit, QComboBox { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus { border: 2px solid @accent;
  padding: 4px 7px; }
QLineEdit[flat="true"] { border: 1px solid transparent; background: transparent; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @control; background: @surface; }
QTextEdit[flat="true"], QPlainTextEdit[flat="true"] { border: 1px solid @line; border-radius: 10px; padding: 12px; }
QTextBrowser[bare="true"] { border: 2px solid transparent; background: transparent; padding: 0px; }
QTextBrowser[bare="true"]:focus { border: 2px solid @accent; padding: 0px; }
QTextEdit[flat="true"]:focus, QPlainTextEdit[flat="true"]:focus { border: 2px solid @accent; padding: 11px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("@chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @line; color: @text; padding: 4px;
  selection-background-color: @accent_soft; selection-color: @text; outline: none; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 2px; border: 2px solid transparent;
  border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @control;
  background: @raised; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url("@check"); }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 6px; height: 6px; }

QTableView, QListView, QTreeView { background: transparent; border: 2px solid transparent; outline: none;
  gridline-color: transparent; selection-background-color: @accent_soft; selection-color: @text; }
QListView { background: @surface; } /* the list of a completer is a window of its own, with nothing behind it */
QTableView:focus, QListView:focus, QTreeView:focus { border-color: @accent; }
QTableView[bare="true"], QListView[bare="true"] { border: none; }
QTableView[bare="true"]:focus, QListView[bare="true"]:focus { border: none; }
QTableView[plain="true"] { background: @raised; border: 1px solid @line; border-radius: 6px; }
QTableView[plain="true"]:focus { border: 2px solid @accent; }
QTableView[plain="true"]::item { padding: 0px 8px; border-bottom: 1px solid @line; }
QTableView[plain="true"]::item:selected { background: @accent_soft; color: @text; }
QTableView#rows, QTableView#rows:focus { border: none; }
QTableView#rows::item { padding: 0px 5px; }
QTableView#rows::item:selected { background: @accent_soft; color: @text; }
QTableView#rows[leads="true"]::item:hover { background: @hover; }
QPushButton#tilelink { background: transparent; border: 1px solid transparent; border-radius: 10px; }
QPushButton#tilelink:hover { background: @hover; border-color: @line; }
QPushButton#tilelink:focus { border: 2px solid @accent; }
QTableView QLineEdit { border-radius: 0px; padding: 0px 6px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @muted; border: none; padding: 8px 8px; font-size: 12px;
  font-weight: 400; }
QHeaderView::section:hover { color: @text; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 0px; height: 0px; }
QTableCornerButton::section { background: transparent; border: none; }

QProgressBar { background: @line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }

QMenu { background: @raised; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; color: @text; }
QMenu::item:selected { background: @accent_soft; }
QMenu::item:disabled { color: @control; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @surface; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @accent_soft; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle { background: @handle; border-radius: 2px; margin: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }

QFrame#palette { background: @raised; border: 1px solid @line; border-radius: 10px; }
QFrame#palette QLineEdit { border: none; font-size: 15px; padding: 8px 4px; background: transparent; }
QFrame#palette QListView { border: none; background: transparent; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; }
"""


def sheet(colours: Mapping[str, str], pictures: Mapping[str, str]) -> str:
    """Fill the sheet: ``colours`` by role, ``pictures`` (file paths) by name."""
    made = _SHEET
    # Longest names first, or "@accent" would eat the head of "@accent_soft".
    for name, value in sorted({**colours, **pictures}.items(), key=lambda pair: -len(pair[0])):
        made = made.replace(f"@{name}", value)
    return made
