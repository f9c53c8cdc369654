"""What the salon does."""

from frontdesk.dialogue.listing import meant, price_list, ways_to_book
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Turn
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
    ),
    weak=("услуг*", "делаете"),
    deniable=False,
)


def begin(scene: Scene) -> Turn:
    """Lists the services, or those that were asked for."""
    named = meant(scene)
    if named:
        text = f"{scene.words('Да, делаем:')}\n{price_list(scene, named)}"
        return scene.aside(text, *ways_to_book(scene, named))
    if not scene.menu.listed:
        return scene.cant_say(scene.words("Список услуг сейчас посмотреть не могу."))
    return scene.aside(f"{scene.words('Вот что мы делаем:')}\n{price_list(scene, scene.menu.listed)}")


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Услуги» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("services", PHRASES, begin, tapped=tapped, aside=True)
