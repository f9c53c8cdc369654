"""A person takes a conversation over, answers, and gives it back."""

from datetime import timedelta

import pytest
from desk_kit import NOW, Browser, House
from sqlalchemy import Connection, select

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Reply, Talk
from frontdesk.language.heard import Candidate, Heard, Reading, ScoredIntent
from frontdesk.service.turn import Answered, Person, commit
from frontdesk.store import chats, replies, steering
from frontdesk.store.chats import ClaimedChat
from frontdesk.store.codec import load_talk
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.leases import LeaseLost
from frontdesk.store.replies import ClaimedReply
from frontdesk.store.tables import chats as chat_rows
from frontdesk.store.tables import replies as reply_rows
from frontdesk.store.understanding import Understood
from frontdesk.store.users import Role

CHAT = "/desk/conversations/1"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
LATER = Instant(NOW + timedelta(minutes=1))


def claimed(house: House) -> ClaimedChat:
    found = house.writes(chats.claim, now=house.clock.now(), until=LATER)
    assert isinstance(found, ClaimedChat)
    return found


def ended(house: House, chat: ClaimedChat, *answers: str) -> None:
    """The turn commits what it worked out."""
    answered = Answered(chat.talk, Person("WhatsApp"), tuple(Reply(words) for words in answers))
    house.writes(commit, chat=chat, answered=answered, key=f"turn {chat.lease.number}", now=house.clock.now())


def talk(house: House) -> Talk:
    return load_talk(house.reads(lambda connection: connection.execute(select(chat_rows.c.talk)).scalar_one()))


def outgoing(house: House) -> list[tuple[str, str | None]]:
    def said(connection: Connection) -> list[tuple[str, str | None]]:
        rows = connection.execute(select(reply_rows.c.content, reply_rows.c.author).order_by(reply_rows.c.id))
        return [(row.content, row.author) for row in rows]

    return [(content.split('"text":"')[1].split('"')[0], author) for content, author in house.reads(said)]


def deeds(house: House) -> list[tuple[str, str, int]]:
    noted = select(desk_actions.c.who, desk_actions.c.what, desk_actions.c.chat).order_by(desk_actions.c.id)
    return [tuple(row) for row in house.reads(lambda connection: connection.execute(noted).all())]


def writes(browser: Browser, text: str, key: str = "one") -> int:
    return browser.submit(f"{CHAT}/answer", page=CHAT, text=text, key=key).status_code


def test_whoever_takes_over_silences_the_assistant_and_their_name_stands_there(house: House) -> None:
    house.said("Позовите администратора")
    browser = house.signed_in()
    assert browser.submit(f"{CHAT}/take", page=CHAT).headers["location"] == CHAT
    assert talk(house).with_human_since == NOW
    assert "отвечает Anna" in browser.get(CHAT).text
    assert "ждёт человека" not in browser.get(f"{CHAT}/state").text


def test_a_turn_under_way_commits_nothing_once_a_person_has_taken_over(house: House) -> None:
    house.said("Отмените запись")
    turn = claimed(house)
    house.writes(steering.take, chat=1, who="Anna", now=NOW)
    with pytest.raises(LeaseLost):
        ended(house, turn, "Отменить запись на завтра?")
    assert outgoing(house) == []
    again = claimed(house)
    assert [message.message_id for message in again.messages] == [message.message_id for message in turn.messages]
    assert again.talk.with_human_since == NOW


def test_the_turn_after_it_does_not_undo_the_taking_over(house: House) -> None:
    house.said("Отмените запись")
    house.writes(steering.take, chat=1, who="Anna", now=NOW)
    ended(house, claimed(house))
    assert talk(house).with_human_since == NOW
    assert "отвечает Anna" in house.signed_in().get(CHAT).text


def test_a_turn_that_was_faster_stands_and_the_person_takes_over_after_it(house: House) -> None:
    house.said("Отмените запись")
    ended(house, claimed(house), "Какую?")
    house.writes(steering.take, chat=1, who="Anna", now=NOW)
    assert outgoing(house) == [("Какую?", None)]
    assert talk(house).with_human_since == NOW


def test_a_silent_turn_under_way_is_taken_again_when_the_chat_is_given_back_meanwhile(house: House) -> None:
    house.said("Отмените запись")
    house.writes(steering.take, chat=1, who="Anna", now=NOW)
    silent = claimed(house)
    house.writes(steering.give_back, chat=1, now=NOW)
    with pytest.raises(LeaseLost):
        ended(house, silent)
    assert claimed(house).talk.with_human_since is None


def test_when_the_silence_is_over_by_itself_nobodys_name_stays(house: House) -> None:
    house.said("Отмените запись")
    house.writes(steering.take, chat=1, who="Anna", now=NOW)
    turn = claimed(house)
    spoken = Answered(Talk(), Person("WhatsApp"), (Reply("Какую?"),))
    house.writes(commit, chat=turn, answered=spoken, key="k", now=NOW)
    assert "отвечает ассистент" in house.signed_in().get(CHAT).text


def test_a_persons_answer_goes_out_as_theirs_and_makes_the_assistant_silent(house: House) -> None:
    house.said("Можно с собакой?")
    browser = house.signed_in()
    assert writes(browser, "Конечно, приходите вдвоём!") == 303
    assert outgoing(house) == [("Конечно, приходите вдвоём!", "Anna")]
    sent = house.writes(replies.claim, now=NOW, until=LATER, paces={})
    assert isinstance(sent, ClaimedReply)
    assert (sent.outgoing.address.user, sent.outgoing.reply.text) == ("79160000001", "Конечно, приходите вдвоём!")
    assert talk(house).with_human_since == NOW
    assert "<b>Anna</b>" in browser.get(CHAT).text


def test_a_form_sent_twice_says_it_once(house: House) -> None:
    house.said("Можно с собакой?")
    browser = house.signed_in()
    assert [writes(browser, "Конечно!"), writes(browser, "Конечно!")] == [303, 303]
    assert outgoing(house) == [("Конечно!", "Anna")]
    assert len(deeds(house)) == 1


def test_an_answer_of_nothing_too_long_or_of_a_made_up_form_is_not_sent(house: House) -> None:
    house.said("Можно с собакой?")
    browser = house.signed_in()
    for text, key in (
        ("", "one"),
        (" \n\x00 ", "one"),
        ("я" * 4001, "one"),
        ("👍" * 2001, "one"),
        ("Да", "../x y"),
        ("Да", ""),
    ):
        assert writes(browser, text, key) == 422
    assert outgoing(house) == []
    assert talk(house).with_human_since is None
    assert writes(browser, "👍" * 2000) == 303


def test_what_was_too_long_to_send_is_not_lost(house: House) -> None:
    house.said("Можно с собакой?")
    shown = house.signed_in().submit(f"{CHAT}/answer", page=CHAT, text=HOSTILE * 100, key="one").text
    assert "Слишком длинно" in shown
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown


def test_each_word_of_the_person_makes_the_silence_last_anew(house: House) -> None:
    house.said("Можно с собакой?")
    browser = house.signed_in()
    writes(browser, "Сейчас узнаю")
    house.clock.forward(timedelta(hours=3))
    writes(browser, "Можно!", "two")
    assert talk(house).with_human_since == NOW + timedelta(hours=3)


def test_given_back_the_assistant_answers_and_doing_it_twice_is_no_fault(house: House) -> None:
    house.said("Позовите администратора")
    browser = house.signed_in()
    browser.submit(f"{CHAT}/take", page=CHAT)
    for _ in range(2):
        assert browser.submit(f"{CHAT}/give-back", page=CHAT).status_code == 303
    assert talk(house).with_human_since is None
    assert "отвечает ассистент" in browser.get(CHAT).text
    assert deeds(house) == [("Anna", "Диалог взят на себя", 1), ("Anna", "Диалог возвращён ассистенту", 1)]


def test_a_client_who_waits_for_the_person_who_took_over_is_shown_in_the_list(house: House) -> None:
    house.said("Позовите администратора")
    house.writes(steering.take, chat=1, who="Anna", now=NOW)
    house.clock.forward(timedelta(minutes=7))
    page = house.signed_in().get("/desk/conversations").text
    assert "Anna: без ответа 7 мин" in page
    assert "Ждут человека" not in page


def test_after_a_day_of_silence_the_person_is_told_that_whatsapp_will_refuse(house: House) -> None:
    house.said("Можно с собакой?")
    browser = house.signed_in()
    assert "больше суток назад" not in browser.get(CHAT).text
    house.clock.forward(timedelta(hours=25))
    browser.sign_in()
    assert "больше суток назад" in browser.get(CHAT).text


def test_a_forged_form_a_master_and_a_stranger_steer_nothing(house: House) -> None:
    house.said("Можно с собакой?")
    stranger, forger = house.browser(), house.signed_in()
    house.user("master", Role.MASTER)
    master = house.browser()
    master.sign_in("master")
    for path in ("take", "give-back", "answer"):
        form = {"text": "Взлом", "key": "k"}
        assert forger.post(f"{CHAT}/{path}", {**form, "form_token": "0" * 64}).status_code == 403
        assert master.post(f"{CHAT}/{path}", form).status_code == 403
        assert stranger.post(f"{CHAT}/{path}", form).status_code in {303, 403}
    assert talk(house) == Talk()
    assert outgoing(house) == []
    assert deeds(house) == []


def test_a_chat_that_is_not_there_is_answered_with_a_page(house: House) -> None:
    house.said("Здравствуйте")
    browser = house.signed_in()
    for path in ("take", "give-back", "answer"):
        answer = browser.submit(f"/desk/conversations/999/{path}", page=CHAT, text="Да", key="k")
        assert answer.status_code == 404
    assert browser.get("/desk/conversations/999/state").status_code == 404


def test_below_a_clients_message_stands_what_was_understood_and_by_which_rules(house: House) -> None:
    house.said("Отмените")
    turn = claimed(house)
    heard = Heard(
        "Отмените",
        "ru",
        (ScoredIntent("cancel", 0.93), ScoredIntent("move", 0.2)),
        (Reading(None, None, 0.5, rules=(HOSTILE,)),),
        services=(Candidate(1, HOSTILE, 0.8),),
        phone="79167654321",
        why=("cancel-verb",),
    )
    understood = (Understood(turn.messages[0].id, heard),)
    house.writes(
        commit, chat=turn, answered=Answered(turn.talk, Person("WhatsApp"), heard=understood), key="k", now=NOW
    )
    page = house.signed_in().get(CHAT).text
    for shown in ("Понято: отменить", "отменить, 93%", "перенести, 20%", "cancel-verb", "&lt;script&gt;"):
        assert shown in page
    for hidden in ("<script>alert", "79167654321"):
        assert hidden not in page


def test_what_was_understood_is_erased_with_the_words(house: House) -> None:
    house.said("Отмените")
    turn = claimed(house)
    understood = (Understood(turn.messages[0].id, Heard("Отмените", "ru", (ScoredIntent("cancel", 1.0),))),)
    erased = Answered(turn.talk, Person("WhatsApp", proved=Phone("79160000001")), forget=True, heard=understood)
    house.writes(commit, chat=turn, answered=erased, key="k", now=NOW)
    assert "Понято" not in house.signed_in().get(CHAT).text
