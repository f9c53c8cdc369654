"""What the salon's owner is told of the link to the journal. It is nobody's conversation, so the words are complete."""

from dataclasses import dataclass

from frontdesk.dialogue.talk import Reply


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an examination found to be wrong: which check, what was seen, what to do about it."""

    check: str
    seen: str
    cure: str


CAUSES = {
    "partner token": "не принят ключ партнёра (partner_token)",
    "user token": "не принят ключ пользователя (user_token): например, сменили пароль",
    "tokens": "журнал не принял ключи доступа",
    "salon": "филиал не подключён к приложению или пользователь в нём не работает",
    "licence": "закончилась лицензия филиала",
    "journal": "у пользователя нет права смотреть журнал",
}
CURES = {
    "partner token": "проверьте в кабинете разработчика, что ключ активирован, и впишите его в настройки",
    "user token": "войдите под пользователем салона заново и впишите новый ключ в настройки",
    "tokens": "проверьте partner_token и user_token в настройках и подключение филиала",
    "salon": "подключите приложение в кабинете салона и возьмите ключ сотрудника этого филиала",
    "licence": "продлите лицензию в кабинете салона, в разделе оплаты",
    "journal": "дайте этому пользователю право на журнал записи в кабинете салона",
}


def locked_out(title: str, trouble: Trouble) -> Reply:
    """The journal lets nobody in; why, and what to do."""
    cause = CAUSES.get(trouble.check, "журнал не принимает наш вход")
    cure = CURES.get(trouble.check, "запустите frontdesk doctor, он назовёт причину")
    parts = (
        f"«{title}»: журнал записи больше не пускает меня, {cause}.",
        f"Что сделать: {cure}.",
        "Заявки клиентов принимаю и внесу сама, как только доступ вернётся.",
        f"Подробно: {trouble.seen}" + (f" {trouble.cure}" if trouble.cure else ""),
    )
    return Reply("\n".join(parts))


def let_in_again(title: str) -> Reply:
    """It is over."""
    return Reply(f"«{title}»: журнал записи снова пускает меня. Вношу заявки, которые накопились.")
