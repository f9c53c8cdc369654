"""What nobody's public text settles about the real service, as switches, and what the emulator assumes elsewhere.

A switch is for behaviour on which a program may depend: run its tests both ways. An assumption is a choice that had
to be made; the reference page lists both from here.
"""

from dataclasses import dataclass, fields
from typing import Any, Final, Literal

BusyAnswer = Literal[409, 422]


@dataclass(slots=True)
class Switches:
    """The unsettled behaviours; set through `POST /_emulator/settings`."""

    no_show_frees_slot: bool = True
    """Whether an appointment with attendance -1 leaves its time free for others."""
    record_put_is_partial: bool = True
    """Whether `PUT /record` keeps the main fields that the request leaves out; otherwise it refuses with 422."""
    visit_put_touches_only_named: bool = True
    """Whether `PUT /visits/{visit}/{record}` leaves the other appointments of the visit as they were."""
    busy_status: BusyAnswer = 409
    """How `POST /records` and `PUT /record` with `save_if_busy=false` answer for busy time."""
    unstable_order: bool = False
    """Whether the services of an appointment come in another order at each reading."""
    repeated_webhooks: int = 1
    """How many times each webhook is sent; four identical ones were seen in the wild."""
    own_changes_send_webhooks: bool = True
    """Whether changes made through the API are sent to webhooks where `self_sending` was not asked for."""

    def change(self, **values: Any) -> None:  # noqa: ANN401 - checked by name
        """Sets switches by name.

        An unknown name or a value of the wrong kind is a ValueError that names the choices.
        """
        for name, value in values.items():
            _check(name, value)
        for name, value in values.items():
            setattr(self, name, value)


def _check(name: str, value: object) -> None:
    kinds = {one.name: type(one.default) for one in fields(Switches)}
    if name not in kinds:
        raise ValueError(f"no switch «{name}»; there are: {', '.join(kinds)}")
    if type(value) is not kinds[name]:
        raise ValueError(f"«{name}» takes {kinds[name].__name__}, not {value!r}")
    if name == "busy_status" and value not in (409, 422):
        raise ValueError("«busy_status» is 409 or 422")


@dataclass(frozen=True, slots=True)
class Assumption:
    """One thing the emulator does that no text about the real service says."""

    about: str
    assumed: str
    switch: str = ""


ASSUMPTIONS: Final = (
    Assumption(
        "attendance -1", "The appointment stays in the journal and its time is free again.", "no_show_frees_slot"
    ),
    Assumption(
        "PUT /record without the main fields",
        "They stay as they were: one text says that attendance and comment are enough. Altegio's says to resend them;"
        " with the switch off their absence is refused with 422 that names them.",
        "record_put_is_partial",
    ),
    Assumption(
        "PUT /visits/{visit}/{record}",
        "Changes the named appointment; the visit's other ones stay.",
        "visit_put_touches_only_named",
    ),
    Assumption("POST /records on busy time", "409 «Мастер занят или не работает» with the time.", "busy_status"),
    Assumption(
        "own changes and webhooks",
        "They are sent, whether or not `self_sending` was asked for.",
        "own_changes_send_webhooks",
    ),
    Assumption(
        "`save_if_busy` unsaid",
        "As false: taken time and time off are refused; a change that does not move is not checked.",
    ),
    Assumption("identical webhooks", "Each is sent once.", "repeated_webhooks"),
    Assumption("order of an appointment's services", "As they were written.", "unstable_order"),
    Assumption("`datetime` without an offset", "The salon's own wall-clock time, in every call."),
    Assumption("`datetime` with an offset", "The instant, shown on the salon's wall clock."),
    Assumption("a time that the clock skips in spring", "It is never offered, and booking it is refused as busy."),
    Assumption("a time that the clock repeats in autumn", "It means the first of the two."),
    Assumption(
        "length over a change of the clock", "Counted on the wall clock: an hour from 01:30 ends at 02:30 on any day."
    ),
    Assumption("an address that does not exist", "404 «Не найдено» in the usual envelope."),
    Assumption("a wrong method", "405 «Метод не поддерживается» with an Allow header."),
    Assumption("a body that is not JSON, or not an object where one is due", "400 «Недопустимый формат запроса»."),
    Assumption("a missing or mistyped field", "422 «Произошла ошибка.» with the complaints by field in meta.errors."),
    Assumption("unknown fields of a body or query", "Ignored; the journal of requests lists them."),
    Assumption(
        "429",
        "Envelope with «Превышен лимит запросов» and a Retry-After header in whole seconds; no captured answer exists.",
    ),
    Assumption("a webhook's data", "The whole thing as it is now; of what is gone, its id."),
    Assumption("free time without services", "An hour is looked for."),
    Assumption("how far ahead clients may book", "Sixty days; `book_times` of a later day is answered all the same."),
    Assumption("a master who does not give the service", "404 «Сотрудник недоступен для записи на выбранную услугу»."),
    Assumption("an expired licence", "402 on every call about the branch."),
    Assumption("order of GET /records", "By the time of the appointment, then by id."),
    Assumption("PUT and DELETE of a deleted appointment", "404 «Запись не найдена»."),
    Assumption("a country of POST /companies that does not exist", "404; ids above 300 name none."),
    Assumption("two appointments of one booking at one time", "437 with whichever masters."),
    Assumption("moving and cancelling by the client too late", "403 «Вы не можете управлять записью с id …»."),
    Assumption("book_record and the SMS code", "Three wrong codes end the right one too; a booking uses it up."),
    Assumption(
        "a search for ten digits or more", "Finds phones that end with them; fewer are found anywhere in a phone."
    ),
    Assumption("attendance 1 before the appointment's time", "Accepted."),
    Assumption("deleted appointment in GET /record", "404 «Запись не найдена»."),
    Assumption("a client of POST /records without a known phone", "A new card is made in the salon's book."),
)


def assumptions_table() -> str:
    """The assumptions as a Markdown table, for the reference page."""
    head = ["| where | what is assumed | switch |", "|---|---|---|"]
    return "\n".join(head + [f"| {one.about} | {one.assumed} | {_code(one.switch)} |" for one in ASSUMPTIONS])


def _code(name: str) -> str:
    return f"`{name}`" if name else ""
