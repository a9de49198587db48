"""What a shop stands by (delivery, returns, offers): a sentence in its own words is carried, one that says more is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from desktop_app.language import sentences

# What a policy can carry; what is said of the product itself needs a fact of the product.
KINDS = frozenset({"delivery", "returns", "discount", "guarantee", "number", "price", "unsupported", "absolute"})
_ABOUT = re.compile(
    r"(?i)\b(?:deliver|dispatch|ship|sen[dt]|parcel|post|courier|return|refund|exchange|warrant|guarant|repair|replace|discount"
    r"|off\b|free|pay|invoice|custom|pick|wrap)|发货|送达|包邮|运费|快递|物流|退|换|保修|质保|维修|优惠|折|满|免费|发票|付款|自提|赠"
)
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+(?:[.,]\d+)*")
_LIGHT = frozenset("the our a an we you your please all is are 的 了 您 你 亲 们 我 本 店 请 均 都".split())
_CLAUSE = re.compile(r"[,;，；]|\band\b|以及")
# What follows such a word is a condition: without it the rest would promise more.
_CONDITION = re.compile(
    r"(?i)^\W*(?:except|unless|if|when|but|only|provided|apart|excluding|not|without|from|over|under|within|until|as long"
    r"|除|但|如|需|仅|不|非|须|限|满|前提|以内|以上)"
)


@lru_cache(maxsize=8)
def stood_by(policies: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Return what may be said, as words, with the sentence each rests on.

    A sentence may stop where a clause of it ends, unless a condition follows.
    """
    found: dict[tuple[str, ...], str] = {}
    for policy in policies:
        for start, end in sentences.split(policy, "zh" if re.search(r"[\u4e00-\u9fff]", policy) else "en"):
            sentence = policy[start:end].strip()
            if not _ABOUT.search(sentence):
                continue
            found.setdefault(_words(sentence), sentence)
            for clause in _CLAUSE.finditer(sentence):
                words = _words(sentence[: clause.start()])
                if len(words) > 3 and not _CONDITION.match(sentence[clause.end() :].strip()):
                    found.setdefault(words, sentence)
    return found


def carrier(sentence: str, policies: tuple[str, ...]) -> str:
    """Return the policy that carries this sentence, "" for none."""
    return stood_by(policies).get(_words(sentence), "") if policies else ""


def about_policies(texts: Iterable[str]) -> tuple[str, ...]:
    """Return those texts that speak of delivery, returns and the like at all."""
    return tuple(text for text in texts if _ABOUT.search(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(text.casefold()) if word not in _LIGHT)
