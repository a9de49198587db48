"""Whether a Chinese sentence about reviews is one: small weights put allowed words in no order ("一些顾客易用性，不满")."""

from __future__ import annotations

import re

# What may follow "一些顾客": who speaks must do something, or feel something about the theme.
_DOES = "称赞|夸|赞赏|赞|认可|肯定|喜欢|满意|表扬|欣赏|抱怨|批评|吐槽|不满|不喜欢|失望|诟病|提到|反映|指出|表示|认为|觉得|说|感到|给"
_FEELS = "满意|不满|失望|认可|肯定|好评|差评|称赞|赞赏|不喜欢|喜欢|抱怨|欣赏|批评|吐槽|印象"
_BEGINS = re.compile(rf"(?:都|也|很|比较|其中)*(?:对|{_DOES})")
_ONCE = ("不满|抱怨|批评|吐槽|失望|差评|诟病|不喜欢|问题", "称赞|夸|赞赏|认可|肯定|喜欢|(?<!不)满意|好评|表扬|欣赏")
_TWISTED = re.compile("[把被让]")
_SAYS = "说|觉得|认为|表示|感到"


def well_formed(rest: str, names: tuple[str, ...], mend: bool) -> bool:
    """Tell whether what stands behind the opening ("一些顾客", "先改进价格") reads as Chinese.

    ``rest`` is without its full stop; ``names`` are the themes as they are printed.
    """
    if mend:
        return not rest or bool(re.match("，.*[^，、]$", rest) and not _TWISTED.search(rest))
    if _TWISTED.search(rest) or not _BEGINS.match(rest) or re.search("顾客|买家", rest):
        return False
    if any(len(re.findall(side, rest)) > 1 for side in _ONCE):
        return False
    if (about := re.match("(?:都|也)*对([^，]*)", rest)) and not re.search(_FEELS, about[1]):
        return False  # "对口味，觉得好吃": nothing is felt about it
    named = "|".join(map(re.escape, names))
    loose = rf"(?:{_SAYS})(?:{named})(?:，|$)|，(?:{named})$|(?:{_SAYS})$|[，、]$"
    return not re.search(loose, rest)
