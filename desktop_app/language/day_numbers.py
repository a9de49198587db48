"""Numbers of the reader's day in Chinese: three pounds of oranges, five floors, ten minutes at the stop, a family of four."""

from __future__ import annotations

import re

from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity

_CLAUSE = re.compile(r"[，。；！？、：]")
# Who is counted, where nobody is carried or held by the thing.
_PEOPLE = re.compile(
    r"(?:个|位|名)?(?:人(?![造工体])|口之家|口(?:人|子)?(?=[，。都一凑围挤吃在齐])|室友|同[事学]|朋友|姐妹|兄弟|闺蜜|客人|老人|学生|好友|邻居|亲戚|队友|同伴|娃(?!娃)|孩子|小孩|伙伴|姑娘|小伙|大汉|阿姨|大爷|老师)"
)
_HOME = re.compile(
    r"(?:室(?:[一两二]厅)?|居室?|厅|楼(?!梯)|平(?:米|方|来)?的?(?:小|老|出租|单身)?(?:家|屋|房|间|公寓|客厅|厨房|店)|层(?:楼|没|高楼|的老)|站(?:路|地铁|公交)|里(?:路|地)|层(?=，))"
)
_AT_HOME = re.compile(r"(?:住|爬|上|下|家在|搬到|跑|走|坐|骑|在)(?:了|的是)?$")
_GOING = re.compile(
    r"(?:跑|走|骑|开车?|爬|游|逛|坐|站|等|睡|躺|蹲|熬|加班|出差|住|开会|上课|上班|练|追|排队?|堵|旅[行游]|讲|听|看"
    r"|写|学|教|聊|玩|歇|忙|忍|找|挑|想|劝|盼|攒|离家?|放假|请假|休息|失眠|憋)(?:了|完|上|过|够|着|个|满"
    r"|到)*(?:大概|差不多|整整|足足|将近|小|大半|好几)?$"
)
_CLAIMS = re.compile(
    r"能|可(?!是|惜|不)|够|续航|连续|最[多长高大]|至[多少]|容纳|承|保[温修质冷热鲜]|充|支持|耐|燃|待机|泡|煮|烤|蒸|发酵|腌"
)
_WEATHER = re.compile(
    r"(?:的(?:天|早上?|夜|清晨|傍晚|大?冬|大?夏|冬天|夏天|室外|屋|山|日子|寒风|气温|地方|被窝)|(?=[，。的]))"
)
_OUTSIDE = re.compile(
    r"(?:零下|夜里|早上|清晨|山[里上顶]|室外|外头|外面|屋里|气温|夏天|冬天|三伏|腊月|海拔)[^，。；]{0,3}$"
)
_BOUGHT = re.compile(r"(?:买|称|拎|订|囤|要|捎|摘|收|抢|提|扛|搬|挑|剥|包|炒|焯|炖|剁|和|揉)(?:了|上|回来?|到|着|个)?$")
_OTHER_THING = re.compile(r"(?:的)?[\u4e00-\u9fff]{1,6}")
_AGED = re.compile(r"的?(?:妈|爸|爷|奶|姥|老|姑娘|小伙|人|外|婆|公|叔|伯|姨|舅)")
_FOR_YEARS = re.compile(r"(?:的|以上的?)?(?:老|人(?!参)|朋友|师傅|老客|跑友|厨师|茶客|邻居|婚姻|夫妻|交情)|前|后|没|不")
_DOINGS = re.compile(
    r"(?:[个节场顿杯局圈本集页道门堂轮盘趟回次首部篇封]|大桌|桌)(?:课|会|饭|酒|牌|题|戏|球|觉|雨|雪|歌|电影|剧|作业|试|考|书|信|茶|咖啡|饺子|菜|麻将|棋|游戏|故事|客|人)"
)
_PLACE_HOLDS = re.compile(
    r"(?:抽屉|冰箱|柜子?|橱柜|兜|口袋|书包|后备箱|桌上|桌面|家里|厨房|包里|车里|枕边|阳台|院子|窗台|碗|锅|杯)(?:里|上)?(?:还|就|只|总)?(?:有|剩|躺着|搁着|放着|摆着|堆着|立着|养着|种着|泡着)(?:了)?$"
)
_ENOUGH = re.compile(r"[个件只条把盏支瓶盒包双块张套份]?(?:就够|够用|正好|刚好|足够|足矣|也行|都行|随你)")
_OFTEN = re.compile(r"(?:一天|每天|一周|每周|一月|每月|一年|一晚|一上午|一下午|天天)[^，。；\d]{0,6}$")
_MEALS = re.compile(
    r"(?:早上|早起|早餐|中午|午后|下午|晚上|夜里|睡前|饭前|饭后|课间|路上|一天|每天|一次|一人|每人|一顿)(?:就|来|吃|喝|嚼|泡|掰|加)?(?:个|上)?$"
)
_PRICE_OF = re.compile(r"(?:钱)?(?:一|每)(?:斤|个|张|杯|碗|串|把|束|支|晚|天|小时)的?[\u4e00-\u9fff]{1,4}")
_LARGEST = 12


def lies_elsewhere(before: str) -> bool:
    """Tell whether what follows ``before`` is said to be in a drawer or the fridge at home, and so is no part of a parcel."""
    return bool(_AT_HOME_HOLDS.search(before))


_AT_HOME_HOLDS = re.compile(
    r"(?:抽屉|冰箱|橱柜|衣柜|鞋柜|家里|家中|桌上|厨房|后备箱|阳台|办公室|工位)(?:里|上)?(?:还|就|只|总|常)?(?:有|剩|躺着|搁着|放着|摆着|堆着|备着)(?:了)?$"
)


def is_of_the_day(sentence: str, quantity: Quantity, known: Known) -> bool:
    """Tell whether a number of a Chinese sentence is one of the reader's own day; spans are code points."""
    if quantity.code or not quantity.values:
        return False
    start = max((m.end() for m in _CLAUSE.finditer(sentence, 0, quantity.start)), default=0)
    before, after = sentence[start : quantity.start], sentence[quantity.end :]
    if quantity.money:
        return bool(_PRICE_OF.match(after))
    if _CLAIMS.search(before):
        return False
    if quantity.unit:
        return _amount(quantity, before, after, known)
    return _count(quantity, before, after, known)


def _amount(quantity: Quantity, before: str, after: str, known: Known) -> bool:
    assert quantity.unit is not None
    dimension, word = quantity.unit.dimension, quantity.unit.en
    if dimension in {"temperature", "angle"}:
        return bool(_OUTSIDE.search(before) and _WEATHER.match(after)) or bool(
            re.match(r"的(?:天|早上|夜|冬|夏|日子|被窝)", after)
        )
    if dimension == "length":
        far = word in {"km"} or quantity.values[0] * quantity.unit.factor >= 100_000 or word == "m"
        high = "海拔" in before and "海拔" not in known.words
        return high or (
            far and bool(_GOING.search(before) or re.search(r"(?:[一每](?:次|天|趟|回|晚)|来回|往返|路程)$", before))
        )
    if dimension in {"time", "months"}:
        if word == "years" and quantity.values[0] >= 16 and _AGED.match(after) and "岁" in quantity.text:
            return not re.search(r"岁", known.words)
        if (
            _FOR_YEARS.match(after)
            and word in {"years", "days", "months", "weeks"}
            and "岁" not in quantity.text
            and _GOING.search(before)
        ):
            return True
        return bool(_GOING.search(before)) or bool(
            re.match(
                r"(?:的)?(?:地铁|公交|车程|路程|夜路|路|午觉|午休|高铁|飞机|会议|课|直播|电影|假|里[，抿喝看听歇]|，.{0,2}电[脑话])",
                after,
            )
        )
    if dimension in {"weight", "volume"}:
        priced = re.search(r"(?:块钱?|元|钱)$", before) and re.match(r"的[\u4e00-\u9fff]", after)
        return bool(priced) or (bool(_BOUGHT.search(before)) and bool(_OTHER_THING.match(after)))
    return False


def _count(quantity: Quantity, before: str, after: str, known: Known) -> bool:
    if _HOME.match(after) and (_AT_HOME.search(before) or re.match(r"室|居|平|楼(?!梯)|层[楼没]|里|站", after)):
        return True
    if re.match(r"块钱?[一每](?:斤|个|张|杯|碗|串|把|束|支|晚|天)的?[\u4e00-\u9fff]", after):
        return True
    if quantity.values[0] > _LARGEST:
        return False
    if _PEOPLE.match(after) and not re.search(r"\d\s*(?:[-–~至到]\s*\d+\s*)?人|人数", known.words):
        return True
    if _DOINGS.match(after) or _PLACE_HOLDS.search(before):
        return True
    if _OFTEN.search(before) and re.match(r"[次趟回顿遍]", after):
        return True
    if _MEALS.search(before) and quantity.measure and quantity.values[0] <= 3:
        return not re.search(r"用法|用量|每[日天次]", known.words)
    if _BOUGHT.search(before) and quantity.measure and quantity.measure not in "层格档":
        return not any(c.quantity.measure == quantity.measure for c in known.carriers)
    if _GOING.search(before) and re.match(r"[站节层圈趟集页章里局盘关遍]", after):
        return True
    return quantity.values[0] <= 5 and bool(_ENOUGH.match(after))
