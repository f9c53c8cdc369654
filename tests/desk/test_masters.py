"""Who of the salon is told what and where; a master sees their own week and nobody else's."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desk_kit import Browser, House
from starlette.applications import Starlette

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address
from frontdesk.desk.app import desk_routes
from frontdesk.desk.parts import Desk, Entrances, MasterCard
from frontdesk.dialogue.talk import Reply
from frontdesk.store import masters, replies
from frontdesk.store.mirror import Mirror
from frontdesk.store.replies import Outgoing
from frontdesk.store.users import Role

PAGE = "/desk/masters"
ANNA, BORIS = Master(MasterId(7), "Анна"), Master(MasterId(8), "Борис")


@dataclass
class Salon(House):
    """A desk of a salon with two masters, whose bot and number are known."""

    codes: list[str] = field(default_factory=lambda: ["first", "second", "third"])

    def desk(self) -> Desk:
        return replace(
            super().desk(),
            masters=lambda: [MasterCard("centre", one.id, one.name) for one in (ANNA, BORIS)],
            invite=self.invite,
            entrances=entrances,
        )

    async def invite(self, salon: str, master: Master) -> str:
        code, now = self.codes.pop(0), self.clock.now()
        return await self.store.write(lambda one: masters.invite(one, salon, master, code, now))

    def is_told(self, master: Master = ANNA, code: str = "a-code") -> int:
        """The master uses the code in Telegram; the chat's number."""
        self.writes(masters.invite, salon="centre", master=master, code=code, now=self.clock.now())
        address = Address("telegram", "main", str(master.id))
        chat = self.writes(masters.listener_at, address=address).chat
        self.writes(masters.register, code=code, chat=chat, now=self.clock.now())
        return chat

    def tells(self, chat: int, words: str, key: str, master: Master = ANNA) -> None:
        outgoing = Outgoing(Address("telegram", "main", str(master.id)), key, Reply(words))
        self.writes(replies.add, chat=chat, outgoing=outgoing, now=self.clock.now())


async def entrances() -> Entrances:
    return {
        ("telegram", "main"): "https://t.me/SalonBot?start=",
        ("whatsapp", "main"): "https://wa.me/79160000000?text=",
    }


def salon(house: House) -> Salon:
    return Salon(house.store)


def test_a_link_of_each_messenger_invites_a_master(house: House) -> None:
    browser = salon(house).signed_in()
    assert browser.submit(f"{PAGE}/invite", PAGE, master="centre:7").headers["location"] == PAGE
    shown = browser.get(PAGE).text
    assert "https://t.me/SalonBot?start=staff_first" in shown
    assert "https://wa.me/79160000000?text=staff_first" in shown
    assert "Ждёт, пока откроет ссылку" in shown


def test_an_invitation_that_waits_stays_good_and_one_too_old_is_said_so(house: House) -> None:
    here = salon(house)
    browser = here.signed_in()
    for _ in range(2):
        browser.submit(f"{PAGE}/invite", PAGE, master="centre:7")
    assert "staff_second" not in browser.get(PAGE).text
    here.clock.forward(masters.CODE_LASTS)
    browser.sign_in()
    shown = browser.get(PAGE).text
    assert "Ссылка устарела" in shown
    assert "staff_first" not in shown


def test_where_a_master_is_told_and_what_last(house: House) -> None:
    here = salon(house)
    chat = here.is_told()
    here.tells(chat, "Отмена: стрижка", "notice-1-0")
    here.clock.forward(timedelta(minutes=1))
    here.tells(chat, "Перенос: <b>окрашивание</b>", "notice-2-0")
    here.tells(chat, "Вы подключены", "answer")
    shown = here.signed_in().get(PAGE).text
    assert "✓ Telegram" in shown
    assert "Перенос: &lt;b&gt;окрашивание&lt;/b&gt;" in shown
    assert "Отмена: стрижка" not in shown
    assert "Вы подключены" not in shown


def test_whoever_is_removed_is_told_nothing_more(house: House) -> None:
    here = salon(house)
    here.is_told()
    browser = here.signed_in()
    browser.submit(f"{PAGE}/remove", PAGE, master="centre:7")
    assert here.reads(masters.told, salon="centre") == frozenset()


def test_somebody_who_left_the_journal_is_shown_apart(house: House) -> None:
    here = salon(house)
    here.is_told(Master(MasterId(99), "<i>Старая</i>"))
    shown = here.signed_in().get(PAGE).text
    _, apart = shown.split("Больше не работают</h3>")
    assert "&lt;i&gt;Старая&lt;/i&gt;" in apart
    assert "Пригласить" not in apart


def test_nonsense_in_a_form_changes_nothing(house: House) -> None:
    here = salon(house)
    here.is_told()
    browser = here.signed_in()
    for value in ("", "centre:", "centre:x", "centre:²", f"centre:{9**40}", "elsewhere:7", "centre:-7"):
        assert browser.submit(f"{PAGE}/remove", PAGE, master=value).status_code == 303
        assert browser.submit(f"{PAGE}/invite", PAGE, master=value).status_code == 303
    assert here.reads(masters.told, salon="centre") == {ANNA.id}
    assert here.codes == ["first", "second", "third"]


def appointment(number: int, master: Master, client: str, day: int = 22, **more: object) -> Appointment:
    made = Appointment(
        id=AppointmentId(number),
        salon="centre",
        visit=None,
        client=Client(ClientId(number), client, Phone("79160000001")),
        master=master,
        services=(Service(ServiceId(1), "Стрижка"),),
        start=Local(datetime(2026, 11, day, 15)),  # noqa: DTZ001 - the salon's own clock
        length_s=3600,
        attendance=Attendance.WAITING,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def as_master(here: Salon) -> Browser:
    browser = Browser(Starlette(routes=desk_routes(here.desk())))
    here.user("vera", Role.MASTER)
    browser.sign_in("vera")
    return browser


def test_a_master_sees_their_own_week_and_notices_and_nobody_elses(house: House) -> None:
    here = salon(house)
    visits = [
        appointment(1, ANNA, "Ирина"),
        appointment(2, BORIS, "Ольга"),
        appointment(3, ANNA, "Мария", day=29),
        appointment(4, ANNA, "Нина", attendance=Attendance.NO_SHOW),
    ]
    asyncio.run(Mirror(here.store).keep("centre", visits, Instant(here.clock.now())))
    here.tells(here.is_told(), "Отмена у Анны", "notice-1-0")
    here.tells(here.is_told(BORIS, "b-code"), "Отмена у Бориса", "notice-2-0", BORIS)
    shown = as_master(here).get(PAGE).text
    assert "Ирина" in shown
    assert "Отмена у Анны" in shown
    for other in ("Ольга", "Мария", "Нина", "Бориса", "79160000001"):
        assert other not in shown


def test_a_master_can_neither_invite_nor_remove(house: House) -> None:
    here = salon(house)
    here.is_told(BORIS)
    browser = as_master(here)
    token = browser.form_token("/desk/password")
    for what in ("invite", "remove"):
        form = {"form_token": token, "master": "centre:8"}
        assert browser.post(f"{PAGE}/{what}", form).status_code == 403
    assert here.reads(masters.told, salon="centre") == {BORIS.id}
    assert here.codes[0] == "first"
