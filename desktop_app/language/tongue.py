"""Which language a short text is written in: by its script, and for Latin letters by its small words."""

from __future__ import annotations

import re
from collections import Counter

_HAN, _KANA, _HANGUL = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\uac00-\ud7af]")
_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"), "ar": re.compile(r"[\u0600-\u06ff]"), "he": re.compile(r"[\u0590-\u05ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"), "el": re.compile(r"[\u0370-\u03ff]"), "hi": re.compile(r"[\u0900-\u097f]"),
}  # fmt: skip
_LATIN = re.compile(r"[A-Za-zÀ-ÿĀ-ž]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)  # of no language
_WORD = re.compile(r"[A-Za-zÀ-ÿĀ-ž']+")
_SMALL = {
    "en": "the and is it this to of i for my was with but not very in you a that have on are so as they we be great good",
    "de": "der die das und ist nicht ich es sehr mit für ein eine auf zu aber den war sind gut schön leider wir wie auch",
    "fr": "le la les et est pas je très avec pour un une des mais que ce dans il qui sur bien produit nous très du au",
    "es": "el la los y es no muy con para un una que pero se de en lo me bien por está las calidad producto buen",
    "it": "il la lo e è non molto con per un una che ma si di sono bene questo gli prodotto ottimo della anche bella bello ottima qualità arrivata arrivato veloce consiglio perfetta perfetto",
    "pt": "o a os e é não muito com para um uma que mas se de em bem produto ótimo está foi eu do da",
    "nl": "de het en is niet ik zeer met voor een maar van op goed was dit ook heel",
    "pl": "i jest nie bardzo z dla ale to na do się dobry produkt jak",
    "sv": "och är inte jag mycket med för en ett men det som på bra",
    "tr": "ve bir çok bu için ama ürün güzel değil gibi",
}
# Words that customers write and that are of one language, or of near kin: each counts for two of the small ones.
_SURE = {
    "de": "hallo guten bitte danke bestellung paket versand lieferung meine meinen meiner wann haben kommt bestellt gekauft zurück",
    "fr": "bonjour bonsoir merci commande colis livraison quand recevoir retourner avez votre combien vais puis",
    "es": "hola gracias pedido dónde donde cuánto cuanto cuándo puedo envío tienen talla devolver devolverlo",
    "it": "ciao buongiorno grazie ordine pacco posso restituire restituirlo quanto costa spedizione dov'è dove arriva quando",
    "pt": "olá obrigado obrigada encomenda onde quanto posso quando minha meu",
    "nl": "bestelling mijn waar wanneer bedankt terugsturen pakket hallo graag",
    "pl": "gdzie moja mój paczka kiedy dzień dobry zamówienie dziękuję mogę",
    "sv": "hej tack mitt beställning när paket",
    "tr": "kargom nerede merhaba sipariş siparişim zaman teşekkürler",
}
_SURELY = {language: frozenset(words.split()) for language, words in _SURE.items()}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}


def language_of(text: str) -> str:
    """Return the language's two letters; "" where there are too few letters to tell.

    Words in Latin letters that belong to none of the languages known count as English when they are plain ASCII, since
    "nice!!" and "Perfect" are.
    """
    text = _ADDRESS.sub(" ", text)
    han, kana, hangul, latin = (len(test.findall(text)) for test in (_HAN, _KANA, _HANGUL, _LATIN))
    if kana > max(2, han // 6):
        return "ja"
    if hangul * 2 > latin and hangul:
        return "ko"
    if han * 3 >= latin and han:
        return "zh"
    for language, test in _SCRIPTS.items():
        if (count := len(test.findall(text))) and count * 2 > latin:
            return language
    if latin < 2:
        return ""
    return _latin(text)


def _latin(text: str) -> str:
    words = [word.casefold() for word in _WORD.findall(text)[:200]]
    votes: Counter[str] = Counter()
    for language, small in _WORDS.items():
        sure = _SURELY.get(language, frozenset())
        votes[language] = sum(2 if word in sure else word in small for word in words)
    best, most = votes.most_common(1)[0]
    plain = all(letter.isascii() for letter in text if letter.isalpha())
    if most and (best == "en" or (most > votes["en"] and (most > 1 or not plain))):
        return best
    return "en" if plain or votes["en"] else ""
