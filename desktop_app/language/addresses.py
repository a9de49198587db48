"""Where people live, as they write it: street addresses in English (and languages written like it) and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

Stretch = tuple[int, int]

# A street's own word, behind its name ("Baker Street") or before it ("rue de Rivoli").
_TYPE = (
    r"(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|close|crescent|cres"
    r"|gardens?|gdns|square|sq|terrace|terr|parade|parkway|pkwy|highway|hwy|grove|row|walk|mews|hill|rise|quay|loop"
    r"|circle|cir|trail|view|park|green|yard|wharf|alley|broadway|esplanade|circuit|plaza)"
)
_WORD = r"(?:[A-ZÀ-Þ0-9][\wÀ-ÿ’'.-]*|of|the|de|la|du|des|le|von|van|der)"
_NUMBER = r"\d{1,5}[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?"
_UNIT = (
    r"(?:(?:flat|apt|apartment|unit|suite|ste|room|rm|floor|bldg|building|block|shop|level|lot|studio|house)\.?\s*#?\s*"
    r"[\w-]{1,6}|\#\s?\d{1,5}\w?)"
)
_TAIL = (
    rf"(?:\s*,?\s+(?:{_UNIT})|\s*,\s*(?:{_UNIT})(?=[,\s]|$)|\s*,?\s+(?:[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}"
    rf"|[A-Z]{{2,3}}\s+\d{{4,5}}(?:-\d{{4}})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{{4,6}}(?:\s+[A-ZÀ-Þ][\wÀ-ÿ-]+)?)"
    rf"|\s*,\s*[A-ZÀ-Þ][\wÀ-ÿ’'.-]*(?:\s+[A-ZÀ-Þ][\wÀ-ÿ’'.-]*){{0,3}})"
)
_HEAD = rf"(?:(?i:{_UNIT})\s*,?\s+|(?i:c/o)\s+[^,\n]{{2,40}},\s*|(?:[A-ZÀ-Þ][\w’'.-]+\s+){{1,3}}(?:House|Court|Tower|Building|Hall|Lodge)\s*,\s*)*"
_ENGLISH = re.compile(
    rf"(?<![\w#])(?:{_HEAD})(?:{_NUMBER}\s+(?:{_WORD}\s+){{1,4}}(?:(?i:{_TYPE})(?![\w’'])\.?|(?:[NSEW]|North|South|East|West)\s+\w+)"
    rf"|{_NUMBER},?\s+(?i:rue|avenue|boulevard|place|chemin|quai|impasse|allée|via|viale|piazza|corso|calle|avenida|plaza|rua|paseo)"
    rf"\s+(?:{_WORD}\s*){{1,5}}"
    rf"|(?i:via|viale|piazza|corso|calle|avenida|plaza|paseo|rua|rue|avenue|boulevard)\s+(?:{_WORD}\s+){{1,4}}\d{{1,4}}[a-z]?"
    rf"|[A-ZÀ-Þ][\wÀ-ÿ-]+(?:\s[A-ZÀ-Þ][\wÀ-ÿ-]+){{0,2}}\s\d{{1,4}}[a-z]?(?=,\s*\d{{4,5}}\s+[A-ZÀ-Þ])"
    rf"|[A-ZÀ-Þ][\wÀ-ÿ-]*(?:straße|strasse|str\.|weg|allee|platz|gasse|laan|straat|gatan|vej)\s+\d{{1,4}}[a-z]?"
    rf"|(?i:p\.?\s?o\.?\s?box)\s+\d{{1,6}})(?:(?i:\s+apt\.?\s*\w+|\s+(?:nw|ne|sw|se|n|s|e|w)\b))?(?:{_TAIL}){{0,6}}"
)
_NAMED = re.compile(
    rf"(?i:(?:my |the |new |shipping |delivery |home |billing )?(?:address|addr)\s*(?:is|:|changed to|changed:)\s*)"
    rf"({_NUMBER}\s+[^\n.;!?]{{5,80}}?)(?=[.;!?\n]|$)"
)
_SENT = re.compile(
    r"(?i:\b(?:live (?:at|in|on)|(?:deliver|ship|send|post|mail)(?:ed)?(?: it| them| this| the parcel)? (?:to|at)|change (?:it|that) to"
    r"|moved to|goes to|sent to|address(?: is| to|:)?)\s*:?\s*)([^\n.;!?]*?\d[^\n.;!?]*)(?=[.;!?\n]|$)"
)
_LISTED = re.compile(  # as addresses in China are written in English
    rf"(?i:(?:room|rm|building|bldg|no\.?|lane|block|floor|unit|suite)\.?\s*#?\d{{1,5}}\w?(?:\s*,\s*|\s+)){{1,4}}"
    rf"(?:{_WORD}\s+){{1,4}}(?i:{_TYPE})\b(?:\s*,\s*[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){{0,2}}){{0,4}}(?:\s+\d{{4,6}})?"
)
_BRITISH = re.compile(
    r"(?:[A-ZÀ-Þ0-9][\w’'.-]*(?:\s[A-ZÀ-Þ0-9][\w’'.-]*){0,3},\s*){1,4}(?:[A-Z][\w-]*\s){0,3}[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
)
_OF_TIME = re.compile(
    r"(?i)\d+\s+(?:days?|weeks?|months?|years?|hours?|minutes?|items?|pieces?|pcs|of|x|times|more|left)\b"
)

# Chinese: from a region or a road down to the number of a house, a building or a door.
_REGION = (
    r"(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西"
    r"|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台北|高雄)(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)?"
)
_HAN = r"[\u4e00-\u9fff]"
_PART = rf"(?:{_HAN}{{1,8}}?(?:自治州|自治县|自治旗|地区|市|区|县|旗|州|盟|镇|乡|街道|开发区|园区|新区))"
_ROAD = rf"(?:{_HAN}{{1,10}}?(?:路|街|道|大道|巷|弄|胡同|里|村|庄|屯|小区|花园|公寓|社区|苑|新村|家园|广场|大厦|驿站))"
_DOOR = (
    rf"(?:{_HAN}{{0,6}}?[一二三四五六七八九十\d]{{1,5}}(?:号院|号楼|号|期|弄|栋|幢|座|单元|室|楼|层|户|门|段)"
    r"|[A-Za-z]\d{0,2}(?:座|栋|幢|区|塔)\d{0,5}|(?<=[号栋幢座元楼室弄院])[\dA-Za-z]{2,5}(?!\d))"
)
_BLOCK = rf"(?:{_HAN}{{2,12}}?(?:大厦|广场|中心|公寓|花园|小区|科技园|产业园|创新园|酒店|城|校区|大学|学院|医院|公司|前台|驿站|楼))"
_CHINESE = re.compile(
    rf"(?:{_REGION}{_PART}*|{_PART}{{2,}}|{_PART}(?={_ROAD}))(?:{_PART}|{_ROAD}|{_DOOR}|{_BLOCK}|[A-Za-z\d]{{1,6}}(?={_HAN}{{1,6}}(?:楼|座|室|栋|号)))*"
    rf"|{_ROAD}(?:{_ROAD})*(?:\d{{1,5}}[巷弄组队])?\d{{1,5}}号(?:{_DOOR}|{_BLOCK})*|(?:{_ROAD})?(?:[A-Za-z]?\d{{1,4}}(?:栋|幢|座|号楼))(?:{_DOOR})+"
)
_FINE = re.compile(
    r"\d+\s*(?:号|弄|栋|幢|座|室|单元|层)|[栋幢座楼]\d|驿站|(?:路|街|大道|村|小区|园区)[^，。,]{0,12}(?:楼|店|大学|中心|园|城)"
)


def addresses(text: str) -> Iterator[Stretch]:
    """Yield where a text says where somebody is to be found; a city or a postcode alone says that of nobody."""
    for match in _ENGLISH.finditer(text):
        if not _OF_TIME.match(match[0]):
            yield match.start(), match.start() + len(match[0].rstrip(" ,"))
    for match in _NAMED.finditer(text):
        yield match.span(1)
    for match in (*_BRITISH.finditer(text), *_LISTED.finditer(text)):
        yield match.span()
    for match in _SENT.finditer(text):
        parts = match[1].split(",")
        # Several parts, most of them names: "Block 5, Apt 12, Grand Canal Dock". The last may go on into the sentence.
        if len(parts) > 2 and sum(part.strip()[:1].isupper() or part.strip()[:1].isdigit() for part in parts) > 2:
            yield match.span(1)
    for match in _CHINESE.finditer(text):
        if _FINE.search(match[0]):
            yield _cut(match)


def _cut(match: re.Match[str]) -> Stretch:
    """Leave out the words in front of a region that are none of it ("寄到广东…" begins with 广东)."""
    found = re.match(
        r"(?:麻烦|请|我|寄|发|送|到|在|住|放|是|改|地址|公司|老家|货|收货|新|，|：|为|成|应该|没写|楼号)+", match[0]
    )
    return match.start() + (found.end() if found else 0), match.end()
