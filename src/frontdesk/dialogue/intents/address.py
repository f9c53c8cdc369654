"""Where the salon is."""

import re

from frontdesk.booking.salon import Salon
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Turn
from frontdesk.language.phrases import Phrases

_PLACE = "находитесь|находится|расположены|расположен|территориально|располагаетесь"

PHRASES = Phrases(
    "address",
    phrases=(
        "адрес|адреса|адресу|адресок|адресочек",
        f"где вы|вас|ваш|салон|студия|это|офис (салон) ({_PLACE})",
        f"где {_PLACE}",
        "находитесь|расположены|располагаетесь",
        "как (к_вам/до_вас/вас) добраться|проехать|доехать|пройти|найти|дойти",
        "куда (мне) ехать|идти|подъехать|приезжать|подходить",
        "парковк*|парковаться|припарковаться|стоянка",
        (
            "какое|какая|какой|каком|какой|какому|рядом|ближайшее|возле метро|станция|район|районе|улица|улице|"
            "этаж|этаже|вход"
        ),
        "геолокац*|геоточка|локация|локацию|геометка|геопозиция|координаты",
        "маршрут",
        "карта|карту|схема проезда",
        "где ты",
        "ваш|салона|какой телефон|телефона (номер)",
        "по_какому номеру|телефону (позвонить)",
        "контактный|контакты (телефон|салона)",
    ),
    deniable=False,
)


_PARKING = re.compile(r"парков|паркинг|припарк|стоянк|\bpark(?:ing)?\b", re.IGNORECASE)


def begin(scene: Scene) -> Turn:
    """Names the address of the salon, or of every branch."""
    if _PARKING.search(scene.heard.text):
        return _parking(scene)
    known = [salon for salon in scene.facts.salons if salon.address]
    if not known:
        return scene.cant_say(scene.words("Адрес лучше уточнить у администратора."))
    if len(known) == 1:
        return scene.aside(scene.words("Наш адрес: {address}.", address=_line(scene, known[0]).rstrip(".")))
    lines = (f"• {salon.title}: {_line(scene, salon)}" for salon in known)
    return scene.aside("\n".join((scene.words("Наши адреса:"), *lines)))


def _parking(scene: Scene) -> Turn:
    """The journal knows nothing of it; a person does."""
    phone, said = scene.salon.phone, scene.words("Про парковку точно знает администратор.")
    asked = f"{said} {scene.words('Позвоните нам: {phone}.', phone=phone)}" if phone else said
    address = scene.salon.address
    where = scene.words("Наш адрес: {address}.", address=address.rstrip(".")) if address else ""
    return scene.aside(f"{where} {asked}".lstrip(), Choice("human:begin::0", scene.words("Администратор")))


def _line(scene: Scene, salon: Salon) -> str:
    phone = scene.words(", телефон {phone}", phone=salon.phone) if salon.phone else ""
    return f"{salon.address}{phone}"


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Адрес» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("address", PHRASES, begin, tapped=tapped, aside=True)
