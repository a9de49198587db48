"""What a shop holds its texts to: facts, its policies, names of other products, rule packs, the channel, its voice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from desktop_app.language import check, fields, policies, rules, voice
from desktop_app.language.other_products import Names
from desktop_app.language.voice import Voice
from desktop_app.records import Product
from desktop_app.shop import Shop
from desktop_app.tasks import rule_packs


@dataclass(frozen=True, slots=True)
class Standard:
    """Read once for a run of texts. ``strict``: words that nothing carries are marked too, not only claims."""

    strict: bool = True
    packs: rules.Chosen = rules.SHIPPED
    stands_by: tuple[str, ...] = ()
    names: Names | None = None
    voice: Voice = field(default_factory=Voice)

    def hold(
        self, text: str, product: Product, language: str = "", *, kind: str = "", channel: str = "",
        strict: bool | None = None, looks_again: bool = False,
    ) -> check.Checked:  # fmt: skip
        """Hold a text against its product; where ``kind`` says which text it is to be, also against its channel and
        the voice of the shop.

        An empty ``language`` is read off the text; ``strict`` None is as the shop wishes. ``looks_again`` is for what
        people wrote: the trained reader looks at it too.
        """
        checked = check.check(
            text, product, language=language, strict=self.strict if strict is None else strict, packs=self.packs,
            stands_by=self.stands_by, neighbours=self.names, looks_again=looks_again,
        )  # fmt: skip
        if not kind:
            return checked
        more = (*fields.findings(text, kind, channel, self.packs), *voice.findings(text, self.voice))
        return replace(checked, findings=(*checked.findings, *more))


def of(shop: Shop) -> Standard:
    """Return what the shop holds texts to now; policies that have ended carry nothing."""
    known = shop.passages(on=dt.datetime.now(dt.UTC).date().isoformat())
    return Standard(
        shop.setting("strict", True) is not False,
        rule_packs.chosen(shop),
        policies.about_policies(passage.text for passage in known),
        Names(title for _id, title in shop.titles()),
        voice.read(shop.setting("voice")),
    )
