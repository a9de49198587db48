"""What a sentence says comes with the product: each thing it lists has to be one the facts name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from desktop_app.language import day_numbers, inflections, kinship, lexicon, vocabulary
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

_NOT = r"(?<![不没未无别勿免非搭绝适匹分支])"
_GIVEN_ZH = re.compile(
    rf"{_NOT}(?:附赠|附送|附带|附上|附有|内附|随附|另附|附|赠送|另赠|加赠|顺带给|顺手给|再搭|外搭|另搭|少不了"
    rf"|挂着(?=一)|自带(?=一?[\u4e00-\u9fff])|另送|还送|多送|加送|再送|也送|就送"
    rf"|送(?!人|礼|给|女|男|妈|爸|朋|长|老|孩|同[事学]|领导|客户|亲|友|闺|恋|爱|姐|弟|妹|哥|爷|奶|叔|伯|姑|舅|婆"
    rf"|公公|上司|前辈|邻|娃|自|走|到|来|去|货|达|洗|风|出|进|餐|回|完)"
    r"|配有|配备|配套|配上|配了|另配|还配|都配|标配|配(?!大衣|外套|羽绒|毛衣|西装|风衣|卫衣|皮衣|皮鞋|球鞋|衬衫|白的|黑的|咖啡|牛奶|面包|米饭|火锅|沙发|[六七八九]|方|料|合|件|饭|饮|酒|色|菜|粥|着|搭|得|什|送|成|一身|衬|裙|裤|牛)"
    r"|内含|另含|套装里?(?:含|有)|一[套盒箱]里?(?:还)?有|另有|另外有|另外还有|多给|多放了?|再给|还给(?:你)?"
    r"|[盒箱包袋瓶罐盖]装?子?里(?:还|再|另|都|也)?(?:有|装着|放着|配了|备了|附|躺着|塞着|藏着|装了|放了|塞了)"
    r"|里[面头]?(?:还|再|另)?(?:装了|放了|塞了|躺着|藏着)|带(?=[\u4e00-\u9fff]{1,5}[一两][个只把条支张块根]$)"
    r"|随[\u4e00-\u9fff]?(?:附|带|送|赠)(?:有|的)?)"
    r"(?:了|有|上|给你|给您|你|您)?(?P<list>[^，。；！？：,;!?]{1,24})"
)
_COMES_ZH = re.compile(
    r"(?:^|[，。；！？：,;!?])(?:连|另外|还有|就连)?(?P<list>[\u4e00-\u9fffA-Za-z0-9、和]{1,14}?)(?:也|都|还|已经|早就)*(?:一起|一并|一块儿?|一同|给你|给您|替你|帮你|全|免费)*"
    r"(?:附赠|附送|附上|赠送|送给?你?|配好|配齐|配上|配了|备好|备齐|放进|装进|塞进|寄给|寄来|发给|在[盒箱包]子?里"
    r"|放在[盒箱包]子?里|躺在[盒箱]子?里|是标配|都是标配|不用另买|不用再买|不必另购|随货|随箱|随盒|一起发|一同发"
    r"|一并发|在里[面头]|在一起)(?!打|多|少)"
)
_LEAVE_ZH = re.compile(
    r"(?<!少)不(?!用另买|用再买|必另购)|没|未|无|别(?!忘)|(?<!不用)(?<!不必)另[购售买]|自备|自己|要是|如果|适合|收纳(?![袋盒包箱罐篮])|放进|装进(?=[^，。]{0,4}[包袋箱盒柜抽])"
)
_COUNTED_ZH = re.compile(
    r"^(?:[个张条把根块](?=[\u4e00-\u9fff])|各|共|的|同款|配套|专用|原装|一些|几|多|大|小|新|备用|额外|替换|这|那|你|您|全新|精美|漂亮|可爱|免费|一并|还有|有|了|是|就是)*"
    r"(?:[一二两三四五六七八九十百半几\d]+\s*(?:个|件|只|条|双|支|本|盒|套|片|张|块|瓶|袋|把|颗|根|枚|顶|台|副|包|卷|盏|组|款|株|束|杯|罐|桶|份|对|小包|小袋|小瓶)?)?(?:小|大|同款|配套|专用|备用|替换|的)*"
)
_TAIL_ZH = re.compile(
    r"(?:(?:各|共)?[一二两三四五六七八九十半几\d]+\s*(?:个|件|只|条|双|支|本|盒|套|片|张|块|瓶|袋|把|颗|根|枚|副|包"
    r"|卷|组|份|对|株|米)?"
    r"|在内|给你|给您|一起|一并|的|了|哦|呢|啦|吧|呀|都|也|方便[^，。]*|可以?[^，。]*|能[^，。]*|用来[^，。]*"
    r"|供[^，。]*|让[^，。]*|随[^，。]*|装好[^，。]*|要用.*|送到.*)+$"
)
# What no list of contents need name: the word for the lot, papers every parcel has.
_GENERIC = frozenset(
    "厘米 毫米 公分 米 克 公斤 斤 两 毫升 升 小时 分钟 天 年 个月 度 东西 全部 齐全 配件 附件 一套 一份 惊喜 这些 那些 所有 它 心意 好运 祝福 温暖 清凉 大小 说明 内容 礼物 全套 齐 好 一样 两样 三样 你 您 图 送 给 有 是".split()
)
_OBJECTS = lexicon.words(
    "cover stand hook nail lighter case frame guide hanger holder cap ring clip key lock light lamp brush sponge cloth tray box bag pouch strap lid spoon "
    "card base rest pin wrap sleeve dish scoop rack tool spare refill book sheet pad mat stick bar roll screw ball band belt bell net"
)
_SLOT = re.compile(
    r"(?i)\b(?:an?|one|two|three|four|five|six|\d+|matching|free|spare|extra|the|its)\s+(?:[a-z-]+\s+)?$"
)


def of_sentence(sentence: str, world: World) -> list[Finding]:
    """Return the things ``sentence`` lists as coming along that no fact names; spans in code points of it."""
    out = []
    for start, end in _listed(sentence):
        text = sentence[start:end]
        if not _known(text, world):
            why = _("No fact says that “{text}” comes with it.", text=text)
            out.append(finding(sentence, start, end, "feature", why))
    return out


def must_be_named(sentence: str, start: int, word: str) -> bool:
    """Tell whether an English word stands as a thing ("a cover", "two hooks"), however harmless it is elsewhere."""
    low = word.casefold()
    return (low in _OBJECTS or low.removesuffix("s") in _OBJECTS) and bool(_SLOT.search(sentence[:start]))


def _listed(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where each thing of a Chinese list of contents stands."""
    for pattern in (_GIVEN_ZH, _COMES_ZH):
        for match in pattern.finditer(sentence):
            if _LEAVE_ZH.search(match[0]) or day_numbers.lies_elsewhere(sentence[: match.end() - len(match["list"])]):
                continue
            at = match.start("list")
            for piece in re.finditer(r"[^、和与及跟]+", match["list"]):
                lead = _COUNTED_ZH.match(piece[0])
                skip = lead.end() if lead else 0
                tail = _TAIL_ZH.search(piece[0], skip)
                text = piece[0][skip : tail.start() if tail else len(piece[0])]
                if len(text) and re.fullmatch(r"[\u4e00-\u9fff]{1,7}", text):
                    yield at + piece.start() + skip, at + piece.start() + skip + len(text)


def _known(text: str, world: World) -> bool:
    text = text.rstrip("子儿") or text
    if _needed_only(text, world.text):
        return False
    if text in _GENERIC or text in world.grams or text in world.usual.zh:
        return True
    if len(text) > 2 and (text[-2:] in world.grams or text[-3:] in world.grams):
        return True
    if not any(text.endswith(end) for end in _things()):
        return True  # no thing: 送到, 配得上 …
    several = vocabulary.readings(text) or vocabulary.readings(text[-2:]) or vocabulary.readings(text[-1])
    if any(t in world.terms for t in several):
        return True
    named = any(inflections.related(e.split()[-1]) & world.kin for t in several if t.kind == "noun" for e in t.en)
    if named or any(text[-1] == g[-1] and text[-1] in _LOOSE for g in world.grams if len(g) == 2):
        return True
    _english, chinese = kinship.alike(frozenset(), frozenset({text, text[-2:]}))
    return bool(chinese & world.grams)


def _needed_only(text: str, known: str) -> bool:
    """Tell whether the facts name a thing only as what the buyer needs: 需戴头盔 brings none."""
    several = list(re.finditer(re.escape(text), known))
    return bool(several) and all(
        re.search(r"(?:[需须]|自备|另购|需要|必须)[^，。；\n]{0,3}$", known[: m.start()]) for m in several
    )


_LOOSE = frozenset("袋盒包线布")  # a bag by another name: 收纳袋 of 布袋


@cache
def _things() -> frozenset[str]:
    """Return the Chinese names of things: nouns of the lexicon, and letters that things end in."""
    nouns = {z for t in lexicon.terms("noun") for z in t.zh}
    return frozenset(
        nouns
        | set(
            "杯碗盘碟勺筷刀叉壶锅盖垫套袋盒箱包袜帽巾带绳链扣钩夹锁钥匙灯泡线器机架座台板布纸卡贴签书册本笔墨芯网刷棉球环圈架杆棒针钉片块瓶罐桶篮盆土肥种苗粉油液膏膜皂剂糖茶刷梳镜剪钳铲耙锹尺图表码牌章旗枕被毯毛巾裙衣裤鞋靴手套罩鼠标键盘电池刃石珠花草叶饰品珠架头器计水篷丁柴子具仪钟铃哨料管谱灯丝带架"
        )
    )
