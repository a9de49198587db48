"""Which encoding a file is in: a mark at its start, else UTF-16 by its shape, strict UTF-8, GB18030, else a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from desktop_app.errors import UserError

_SAMPLE = 1 << 18
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_EAST = ("big5", "shift_jis", "euc_jp", "euc_kr")
_TWO_BYTES = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõœúùûüýÿßøÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕŒÚÙÛÜØ€£°º²³–—’‘“”„«»…®©™·×½¡¿\u00a0")
_GB2312 = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HAN = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
_COMMON_HAN = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")  # level 1 of GB 2312: 3,755 characters, 99 % of running text


# Syllables of which running Korean and the words of a shop's tables are mostly made.
_COMMON_HANGUL = frozenset(
    "이다는에의가을를은고로하지한사기도리서자어인대수정시해그나일있스으과주부장전보여라제아들만공원구비게상성소면안와"
    "조관미선경동것치화적방국연세유문학생오할회신무모실당및우금통여위용물년진식개발중력계물마바되했없않같때또더등품명코드"
    "판매격재량색브랜번호배송결완료고객님취인락처쿠폰할총액포장단입출반환불교옵션카테고크기무게설날짜김박최강윤임천만원"
)


# Letters of Polish as western Windows shows them, inside a word: no western language has such a word.
_POLISH = re.compile(r"[a-zó][¹³¿][a-zóæêñœ¹³¿]|œæ|œci[aąe¹]?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An encoding (a Python codec name) and whether some bytes of the file do not fit it."""

    encoding: str
    damaged: bool = False


def detect(data: bytes) -> Found:
    """Return the encoding of ``data``. A last character cut in half counts as damage, not as another encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Found(encoding, not fits(data, encoding))
    wide = _wide(data)
    if wide:
        return Found(wide, not fits(data, wide))
    if fits(data, "utf-8"):
        return Found("utf-8", b"\0" in data)
    if _fits_but_end(data, "utf-8") or _mostly_utf8(data):
        return Found("utf-8", True)
    if _looks_korean(data):
        return Found("cp949", not fits(data, "cp949"))
    if _fits_but_end(data, "gb18030") and _looks_chinese(data):
        return _eastern(data) or Found("gb18030", not fits(data, "gb18030"))
    return _guess(data)


def checked(data: bytes, encoding: str) -> Found:
    """Return ``encoding`` as the merchant named it, with the mark at the start taken into account.

    Raises UserError for a name that is no encoding.
    """
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise UserError("There is no encoding called {encoding}.", encoding=encoding) from None
    if name in {"gbk", "gb2312", "hz"}:
        name = "gb18030"
    for mark, marked in _MARKS:
        if data.startswith(mark) and name.startswith(marked[:5]):
            name = marked
    if name == "utf-16" and data[:2] not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        name = _wide(data) or "utf-16-le"
    return Found(name, not fits(data, name) or b"\0" in data)


def fits(data: bytes, encoding: str) -> bool:
    """Say whether every byte of ``data`` belongs to ``encoding``."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def shown(encoding: str, data_mark: bool = False) -> str:
    """Return the name of an encoding as people know it."""
    names = {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8 (BOM)",
        "utf-16": "UTF-16 (BOM)",
        "utf-16-le": "UTF-16LE",
        "utf-16-be": "UTF-16BE",
        "gb18030": "GB18030 (GBK)",
    }
    return names.get(encoding, encoding)


def _fits_but_end(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    """Return the UTF-16 without a mark that ``data`` is in, "" for none: every other byte of its separators is zero."""
    sample = data[: _SAMPLE & ~1]
    units = len(sample) // 2
    if units < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > units * 0.04 and others * 20 <= zeros and _separates(sample, name):
            return name
    return ""


def _separates(sample: bytes, name: str) -> bool:
    text = sample.decode(name, "replace")
    return any(mark in text for mark in ",\t;|\n") and text.count("�") * 50 <= len(text) and "\0" not in text


def _mostly_utf8(data: bytes) -> bool:
    """Say whether ``data`` is UTF-8 with a little damage: many good characters to each bad one."""
    bad = data.decode("utf-8", "replace").count("�")
    good = sum(1 for _ in re.finditer(rb"[\xc2-\xf4][\x80-\xbf]+", data))
    return good >= 8 * bad


def _looks_chinese(data: bytes) -> bool:
    """Tell GBK from a western encoding: Chinese has both bytes high, and its characters are mostly common ones.

    An accent is followed by a plain letter; two in a row (the German öß) make a character hardly anybody writes.
    """
    sample = data[:_SAMPLE]
    pairs = _TWO_BYTES.findall(sample)
    han = _HAN.findall(sample)
    common = sum(1 for pair in han if _COMMON_HAN.fullmatch(pair))
    return len(_GB2312.findall(sample)) * 2 >= len(pairs) and common * 2 >= len(han)


def _looks_polish(data: bytes) -> bool:
    """Tell Polish in Windows' Central European encoding, of what is no Chinese: such letters stand inside words."""
    return fits(data, "cp1250") and bool(_POLISH.search(data[:_SAMPLE].decode("cp1252", "replace")))


def _looks_turkish(data: bytes) -> bool:
    """Tell Turkish in its Windows encoding: its letters are those of Icelandic in the western one, without accents."""
    text = data[:_SAMPLE].decode("cp1252", "replace")
    marks = len(re.findall(r"(?<=[a-zöüçA-ZÖÜÇ])[þðý]|[þðý](?=[a-zöüç])", text))
    return marks >= 3 and fits(data, "cp1254") and not re.search(r"[áéíóúæ]", text)


def _looks_korean(data: bytes) -> bool:
    """Tell Korean's Windows encoding from GBK, which its syllables fit: hardly anything else, and often common ones."""
    sample = data[: _SAMPLE & ~1]
    if not _fits_but_end(data, "cp949"):
        return False
    wide = [char for char in sample.decode("cp949", "ignore") if ord(char) > 127]
    syllables = [char for char in wide if "가" <= char <= "힣"]
    common = sum(1 for char in syllables if char in _COMMON_HANGUL)
    return len(syllables) >= 4 and len(syllables) * 10 >= len(wide) * 9 and common * 10 >= len(syllables) * 4


def _eastern(data: bytes) -> Found | None:
    """Return another eastern encoding where GB18030 makes characters that do not exist, None where it makes sense."""
    text = data[:_SAMPLE].decode("gb18030", "replace")
    strange = sum(1 for char in text if "\ue000" <= char <= "\uf8ff")
    if strange * 50 < sum(1 for char in text if char > "\u2000"):
        return None
    return next((Found(name, b"\0" in data) for name in _EAST if fits(data, name)), None)


def _looks_western(data: bytes) -> bool:
    """Tell western Europe's Windows encoding: its few accents stand alone between plain letters."""
    text = data[:_SAMPLE].decode("cp1252", "replace")
    high = [char for char in text if ord(char) > 127]
    runs = re.findall(r"[^\x00-\x7f]+", text)
    usual = sum(1 for char in high if char in _WESTERN)
    return bool(high) and usual >= len(high) * 0.95 and sum(1 for run in runs if len(run) <= 2) >= len(runs) * 0.8


def _guess(data: bytes) -> Found:
    if _looks_polish(data):
        return Found("cp1250", b"\0" in data)
    if _looks_turkish(data):
        return Found("cp1254", b"\0" in data)
    if fits(data, "cp1252") and _looks_western(data):
        return Found("cp1252", b"\0" in data)
    from charset_normalizer import from_bytes  # takes a moment to import and is rarely needed

    best = from_bytes(data[:_SAMPLE]).best()
    for name in (best.encoding if best is not None else "cp1252", "cp1252", "latin-1"):
        if not name.startswith(("utf", "ascii")) and fits(data, name):
            return Found(codecs.lookup(name).name, b"\0" in data)
    raise AssertionError("latin-1 fits every file")
