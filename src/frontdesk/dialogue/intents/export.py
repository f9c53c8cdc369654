"""What is known of a person, told to that person."""

from frontdesk.dialogue.scene import Intent, Scene, Tap, appointments_wanted
from frontdesk.dialogue.talk import Choice, Turn
from frontdesk.language.phrases import Phrases

_GIVE = "пришли*|выгрузи*|скача*|получить|покажите|отправьте|запросить|дайте|предоставьте|выгрузка|копию|экспорт"
_MINE = "мои|моих|свои|мне|персональн*|личные/обо_мне"
_DATA = "данные|данных|информацию|информация|сведения"
_KEEP = "храните|знаете|собираете|имеете"

PHRASES = Phrases(
    "export",
    phrases=(
        f"{_GIVE} (все) {_MINE} (персональн*|личные) {_DATA}",
        f"какие|какая|что ({_MINE}) {_DATA} (вы/у_вас) (есть) ({_KEEP}) обо_мне",
        f"какие|какая {_MINE} {_DATA} (вы/у_вас) (есть) {_KEEP}",
        f"что (вы) обо_мне {_KEEP}",
    ),
    deniable=False,
)

SHOWN = 20


def begin(scene: Scene) -> Turn:
    """Tells all of it: name, phone, appointments, and where the rest is."""
    lines = [
        scene.words("Вот что я о вас знаю:"),
        _name(scene),
        _phone(scene),
        *_appointments(scene),
        _reminders(scene),
        *(scene.words("• уведомление о данных: {notice}", notice=notice) for notice in scene.talk.informed),
    ]
    lines.append(scene.words("Ещё у меня хранится наша переписка. Карточку клиента и историю визитов ведёт сам салон."))
    return scene.aside("\n".join(lines), Choice("erase:begin::0", scene.words("Стереть мои данные")))


def _name(scene: Scene) -> str:
    name = scene.facts.person.name or scene.words("не знаю")
    return scene.words("• имя: {name}", name=name)


def _phone(scene: Scene) -> str:
    person = scene.facts.person
    if person.proved:
        return scene.words("• телефон: +{phone}, подтверждён", phone=person.proved)
    if person.claimed:
        return scene.words("• телефон: +{phone}, с ваших слов", phone=person.claimed)
    return scene.words("• телефон: не знаю")


def _appointments(scene: Scene) -> list[str]:
    """Only a proved phone says whose the appointments are."""
    if scene.facts.problem is not None:
        return [scene.words("• записи: журнал салона сейчас не отвечает")]
    if scene.facts.appointments is None:
        return [scene.words("• записи: без подтверждённого номера я их не вижу")]
    coming = scene.coming()[:SHOWN]
    if not coming:
        return [scene.words("• предстоящих записей нет")]
    return [scene.words("• запись: {line}", line=scene.words.line(one, scene.now_at(one))) for one in coming]


def _reminders(scene: Scene) -> str:
    if scene.talk.silenced:
        return scene.words("• первой я вам не пишу: так вы просили")
    return scene.words("• напоминания о записях: включены")


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Мои данные» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("export", PHRASES, begin, wants=appointments_wanted, tapped=tapped, aside=True)
