"""What something costs, from the salon's own list."""

import re

from frontdesk.dialogue.cheaper import asks_cheaper, offer_cheaper
from frontdesk.dialogue.listing import ids, meant, of_draft, price_list, priced, ways_to_book
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "price",
    phrases=(
        (
            "сколько|скока|скок стоит|стоят|стоить|обойдется|возьмете|берете|выйдет|платить|стоил (у_вас) (это) "
            "(<service>)"
        ),
        "сколько (у_вас) (будет|за) <service>",
        "цена|цены|цену|ценам|ценник|ценники|расценки|прайс|прайсик|прайслист|прайсу (на/у_вас) (<service>)",
        "стоимость|стоимости|стоимостью (<service>)",
        "почем (<service>)",
        "по_чем (<service>)",
        "(какая|какой|есть) скидка|скидки|скидку|акции|акция|сертификат",
        "по_цене|ценам|деньгам|стоимости",
        "дорого|дороговато|дешево|дешевле|подешевле (есть) (<service>)",
        "самая|самый|самое|самые дешев*|дорог*|недорог*|бюджетн* (<service>)",
        "сколько денег|рублей|тысяч (за) (<service>)",
        "сколько с_меня|нас",
        "какая|какой сумма|бюджет",
        "оплата|оплатить картой|наличными|переводом",
    ),
    weak=("стоит|стоят",),
    whole=("(а) (это) сколько|скока|почем",),
    deniable=False,
)

_ALL = re.compile(r"\bцены\b|прайс|расценк|\bценник|\bprices\b|price list", re.IGNORECASE)
_OF_A_GIFT = re.compile(r"сертификат|\bgift (?:card|cert|voucher)", re.IGNORECASE)
_OF_PAYING = re.compile(
    r"скидк|акци[яию]|сертификат|карт[оы]|налич|перевод|рассрочк|предоплат"
    r"|\b(?:by|with|a|credit) card\b|\bcash\b|\bdiscount",
    re.IGNORECASE,
)
"""How one pays, and what makes it cheaper, is not in the list."""


def begin(scene: Scene) -> Turn:
    """Names the price of what was said, else of what is being booked, else all of them."""
    named = meant(scene)
    if _OF_A_GIFT.search(scene.heard.text) or (not named and _OF_PAYING.search(scene.heard.text)):
        return scene.aside(_ask_us(scene))
    listed = named or (() if _ALL.search(scene.heard.text) else of_draft(scene))
    if listed and not named and asks_cheaper(scene.heard.text):
        return offer_cheaper(scene, ids(listed))
    if named:
        scene = scene.about(ids(named))
    if len(listed) == 1:
        return scene.aside(f"{priced(scene, listed[0])}.", *ways_to_book(scene, listed))
    listed = listed or scene.menu.listed
    if not listed:
        return scene.cant_say(scene.words("Цены сейчас посмотреть не могу."))
    first = f"{scene.words('Такой услуги в нашем списке нет.')} " if scene.heard.foreign else ""
    text = f"{first}{scene.words('Наши цены:')}\n{price_list(scene, listed)}"
    return scene.aside(text, *(ways_to_book(scene, named) if named else ()))


def _ask_us(scene: Scene) -> str:
    said = scene.words("Об оплате и скидках лучше меня расскажет администратор.")
    phone = scene.salon.phone
    return f"{said} {scene.words('Позвоните нам: {phone}.', phone=phone)}" if phone else said


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Цены» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("price", PHRASES, begin, tapped=tapped, aside=True)
