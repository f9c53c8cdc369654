"""What the salon does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from frontdesk.booking.menu import Listed
from frontdesk.booking.wishes import Wish
from frontdesk.dialogue import drafting
from frontdesk.dialogue.listing import MOST_LINES, ids, meant, of_draft, price_list, ways_to_book
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Draft, Turn
from frontdesk.language.phrases import Phrases

_OFFER = "делаете|предлагаете|умеете|оказываете|предоставляете"

PHRASES = Phrases(
    "services",
    phrases=(
        "какие|список|перечень|каталог|все|ваши|виды (у_вас) (есть) (предоставляете|оказываете) услуг*|процедур*",
        "виды <service> (какие) (у_вас) (есть)",
        "что (у_вас) есть из_услуг",
        "услуги|услуг|процедуры (пришлите)",
        f"что (вы/у_вас) (еще) {_OFFER}",
        "(вы/у_вас) делаете|занимаетесь|предоставляете|оказываете|делают (ли) <service>",
        "(вы/у_вас) красите|стрижете|наращиваете|бреете|колете (ли) (<service>)",
        "есть (ли) у_вас (такая|такие) услуга|процедура|услуги|<service> ?",
        "<service> есть ?",
        "что можно (у_вас) сделать",
        "что входит",
        "что_такое|значит <service>",
        "чем отличается|отличаются (<service>)",
        "сколько времени|длится|занимает|делается (<service>)",
        "делаете (ли) ?",
        "что|чем|какие <master> делает|умеет|занимается|оказывает|выполняет",
    ),
    weak=("услуг*", "делаете"),
    whole=("(а) (это) долго",),
    deniable=False,
)


_HOW_LONG = re.compile(
    r"сколько (?:по )?врем|сколько (?:час|минут)|\bдолго\b|по времени|сколько длит|сколько заним|сколько дела"
    r"|\bhow long\b|\bhow much time\b|\blast\b",
    re.IGNORECASE,
)


def begin(scene: Scene) -> Turn:
    """Lists the services, or those that were asked for."""
    named = meant(scene)
    if _HOW_LONG.search(scene.heard.text) and (timed := named or of_draft(scene)):
        return scene.about(ids(timed)).aside(_lengths(scene, timed))
    if named:
        alike = (
            scene.words("Да, делаем:") if _surely(scene) else scene.words("Точно такого в списке нет. Есть похожее:")
        )
        return scene.about(ids(named)).aside(f"{alike}\n{price_list(scene, named)}", *ways_to_book(scene, named))
    if (turn := _of_one_master(scene)) is not None:
        return turn
    if not scene.menu.listed:
        return scene.cant_say(scene.words("Список услуг сейчас посмотреть не могу."))
    first = f"{scene.words('Такой услуги в нашем списке нет.')} " if scene.heard.foreign else ""
    return scene.aside(f"{first}{scene.words('Вот что мы делаем:')}\n{price_list(scene, scene.menu.listed)}")


def _of_one_master(scene: Scene) -> Turn | None:
    """What one master does, where one is named."""
    masters = drafting.named(scene.heard.masters)
    master = scene.menu.master(masters[0]) if len(masters) == 1 else None
    own = [one for one in scene.menu.listed if master is not None and master.id in one.offer.masters]
    if master is None or not own:
        return None
    heading = scene.words("Вот что делает {master}:", master=master.name)
    book = Choice(f"book:master:{master.id}:0", scene.words("Записаться"))
    turn = scene.about(ids(own)).aside(f"{heading}\n{price_list(scene, own)}", book)
    if scene.talk.question is not None:
        return turn
    return replace(turn, talk=replace(turn.talk, draft=Draft(wish=Wish(master=master.id))))


def _surely(scene: Scene) -> bool:
    """Whether the words name a service of ours, or a kind of them; one alone that they do not name is another thing."""
    return len(scene.heard.services) > 1 or bool(drafting.named(scene.heard.services))


def _lengths(scene: Scene, listed: Sequence[Listed]) -> str:
    """How long each takes, by the quickest and the slowest master."""
    timed = [
        scene.words("{what}: около {length}", what=one.offer.service.title, length=_length(scene, one))
        for one in listed[:MOST_LINES]
    ]
    if len(timed) == 1:
        return f"{timed[0]}."
    return "\n".join((scene.words("По времени это занимает:"), *(f"• {one}" for one in timed)))


def _length(scene: Scene, listed: Listed) -> str:
    lengths = sorted({terms.length_s for terms in listed.offer.masters.values()})
    shortest, longest = (scene.words.length(lengths[place]) for place in (0, -1))
    return shortest if shortest == longest else f"{shortest} – {longest}"


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Услуги» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("services", PHRASES, begin, tapped=tapped, aside=True)
