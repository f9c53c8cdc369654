"""The list of conversations, and one of them."""

from datetime import timedelta

from desk_kit import NOW, House
from sqlalchemy import Connection, update

from frontdesk.booking.commands import Cancel, RefusalReason, Refused
from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.channels.messages import Address, Contact, Tap
from frontdesk.dialogue.talk import Settled
from frontdesk.store import inbox
from frontdesk.store.inbox import Arrival
from frontdesk.store.tables import chats
from frontdesk.store.tables import inbox as inbox_rows

CONVERSATIONS = "/desk/conversations"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"


def test_the_list_names_who_wrote_where_and_what_with_the_phone_masked(house: House) -> None:
    house.said("Хочу отменить запись")
    page = house.signed_in().get(CONVERSATIONS).text
    for shown in ("Ирина", "WhatsApp", "+7916•••0001", "Хочу отменить запись", "12:00"):
        assert shown in page
    assert "79160000001" not in page


def test_whoever_waits_for_a_person_stands_first_the_longest_waiting_before_all(house: House) -> None:
    for number, name in enumerate(("Вера", "Павел", "Алла")):
        house.said("Здравствуйте", user=f"7916000001{number}", name=name)

    def wait(connection: Connection) -> None:
        for name, minutes in (("Вера", 5), ("Алла", 50)):
            since = NOW - timedelta(minutes=minutes)
            connection.execute(update(chats).where(chats.c.name == name).values(human_since=since))

    house.writes(wait)
    page = house.signed_in().get(CONVERSATIONS).text
    assert page.index("Ждут человека") < page.index("Алла") < page.index("Вера") < page.index("Павел")
    assert "ждёт 50 мин" in page


def test_the_list_is_paged_and_nobody_is_lost_between_pages(house: House) -> None:
    for number in range(120):
        house.clock.forward(timedelta(seconds=1))
        house.said("Здравствуйте", user=f"79160001{number:03}", name=f"Клиент №{number}.")
    browser, path, seen = house.signed_in(), CONVERSATIONS, []
    for expected in (50, 50, 20):
        page = browser.get(path).text
        names = [part.split("<")[0] for part in page.split('<span class="who">')[1:]]
        assert len(names) == expected
        seen += names
        path = f"{CONVERSATIONS}?before={page.split('?before=')[-1].split(chr(34))[0]}"
    assert seen == [f"Клиент №{number}." for number in reversed(range(120))]


def test_a_conversation_shows_both_sides_in_order_by_the_salons_clock(house: House) -> None:
    house.said("Можно записаться?")
    house.clock.forward(timedelta(minutes=1))
    house.answered("На какую услугу?")
    house.clock.forward(timedelta(minutes=1))
    house.said(Tap("service:1", "Маникюр"))
    page = house.signed_in().get(f"{CONVERSATIONS}/1").text
    places = [page.rindex(words) for words in ("Можно записаться?", "На какую услугу?")]
    assert places == sorted(places)
    assert page.index("12:00") < page.index("12:01 · отправляется") < page.rindex("Маникюр")


def test_what_came_of_a_command_stands_in_the_conversation_with_the_journals_own_words(house: House) -> None:
    house.said("Отмените")
    command = Cancel("centre", AppointmentId(5), Phone("79160000001"), "", NOW)
    settled = Settled(command, Refused(RefusalReason.FORBIDDEN, "Отмена запрещена"))
    arrival = Arrival(Address("whatsapp", "main", "79160000001"), "settled 1", settled, NOW)
    house.writes(inbox.add, chat=1, arrival=arrival, now=NOW)
    page = house.signed_in().get(f"{CONVERSATIONS}/1").text
    for shown in ("Отмена записи", "журнал отказал", "Отмена запрещена"):
        assert shown in page


def test_a_shared_number_is_masked(house: House) -> None:
    house.said(Contact(Phone("79167654321"), own=True))
    page = house.signed_in().get(f"{CONVERSATIONS}/1").text
    assert "Свой номер: +7916•••4321" in page
    assert "79167654321" not in page


def test_hostile_words_show_as_words_wherever_a_client_can_write_them(house: House) -> None:
    house.said(HOSTILE, name=HOSTILE)
    house.said(Tap("x", HOSTILE))
    browser = house.signed_in()
    for path in (CONVERSATIONS, f"{CONVERSATIONS}/1", f"{CONVERSATIONS}/1/lines", f"{CONVERSATIONS}/list?open=1"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_message_that_this_version_cannot_read_does_not_hide_the_others(house: House) -> None:
    house.said("Первое")
    house.said("Второе")
    house.writes(
        lambda connection: connection.execute(update(inbox_rows).where(inbox_rows.c.id == 1).values(kind="unheard of"))
    )
    page = house.signed_in().get(f"{CONVERSATIONS}/1").text
    assert "(это сообщение здесь не прочитать)" in page
    assert "Второе" in page


def test_bad_addresses_are_answered_with_a_page(house: House) -> None:
    browser = house.signed_in()
    for path in (
        f"{CONVERSATIONS}/999",
        f"{CONVERSATIONS}/-1",
        f"{CONVERSATIONS}/{10**30}",
        f"{CONVERSATIONS}/9/lines",
    ):
        assert browser.get(path).status_code == 404
    for query in ("before=x", f"before={10**40}", "before=-5", "open=%00", "before=٣", f"before={2**52}"):
        assert browser.get(f"{CONVERSATIONS}?{query}").status_code == 200


def test_an_empty_desk_says_what_will_come(house: House) -> None:
    assert "Пока никто не писал." in house.signed_in().get(CONVERSATIONS).text
