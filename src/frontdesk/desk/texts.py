"""The salon's own words in place of ours: every sentence that clients may read, to be found, changed and put back."""

from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.times import Instant
from frontdesk.desk.visit import Visit
from frontdesk.desk.words import Words
from frontdesk.dialogue.voice import LONGEST_TEXT, BadText, Saying, Texts, Voice, places
from frontdesk.dialogue.words import RUSSIAN
from frontdesk.store import audit, salon_wishes
from frontdesk.store.audit import About
from frontdesk.store.users import User

PATH: Final = "/desk/settings/texts"
SHOWN_AT_ONCE: Final = 40
LONGEST_SEARCH: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence on the page; `typed` is what somebody wanted in its place and could not have, for `fault`."""

    saying: Saying
    places: tuple[str, ...]
    typed: str | None = None
    fault: str = ""

    @property
    def text(self) -> str:
        """What stands in the form."""
        if self.typed is not None:
            return self.typed
        return self.saying.ours if self.saying.own is None else self.saying.own


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for on which page of the list."""

    language: str
    search: str
    own_only: bool
    page: int

    def address(self, page: int) -> str:
        """Where another page of the same list is."""
        asked = {"in": self.language, "search": self.search, "own": "1" if self.own_only else "", "page": page}
        return f"{PATH}?{urlencode({name: value for name, value in asked.items() if value})}"


async def show(visit: Visit) -> Response:
    """The list."""
    return await _shown(visit)


async def save(visit: Visit) -> Response:
    """The salon's own words for one sentence; what can't be used is shown again with the reason."""
    key, language, text = (visit.form.get(name, "") for name in ("key", "in", "text"))
    if visit.user is None or key not in visit.desk.book.sentences():
        return visit.redirect(PATH)
    kept = partial(_keep, visit=visit, user=visit.user, said=(key, language, text), now=visit.desk.clock.now())
    try:
        await visit.desk.store.write(kept)
    except BadText:
        return await _shown(visit, 422, wrong=(key, text, complaint(visit.words, key, text)))
    return await _done(visit)


async def reset(visit: Visit) -> Response:
    """Our words again."""
    if visit.user is not None:
        key, language = visit.form.get("key", ""), visit.form.get("in", "")
        work = partial(_reset, user=visit.user, key=key, language=language, now=visit.desk.clock.now())
        await visit.desk.store.write(work)
    return await _done(visit)


def complaint(say: Words, key: str, text: str) -> str:
    """Why a text can't stand for this sentence, and what to do, for somebody who is no programmer."""
    if not text.strip():
        return say("Текст пуст. Чтобы вернуть прежний, нажмите «Вернуть наш текст».")
    if len(text.strip()) > LONGEST_TEXT:
        return say("В тексте {number} знаков, можно до {most}.", number=len(text.strip()), most=LONGEST_TEXT)
    try:
        given = places(text)
    except ValueError:
        return say("Фигурная скобка открыта или закрыта одна: уберите её или поставьте пару.")
    if missing := sorted(places(key) - given):
        return say("Не хватает: {names}. Это подставляется каждый раз само.", names=", ".join(missing))
    if unknown := sorted(given - places(key)):
        return say("Здесь нечего подставить вместо {names}: уберите это.", names=", ".join(unknown))
    return say("В тексте есть невидимый знак: наберите его заново.")


async def _done(visit: Visit) -> Response:
    await visit.desk.reread()
    return visit.redirect(_sought(visit).address(_sought(visit).page))


def _sought(visit: Visit) -> Sought:
    """From the address, and where a form was sent from the form: it leads back to the same page."""

    def asked(name: str) -> str:
        return visit.form.get(name, visit.query(name))

    language, page = asked("in"), asked("page")
    return Sought(
        language if language in visit.desk.book.languages else RUSSIAN,
        asked("search").strip()[:LONGEST_SEARCH],
        asked("own") == "1",
        int(page) if page.isdecimal() and len(page) < 6 else 0,  # noqa: PLR2004 - more pages than there can be
    )


async def _shown(visit: Visit, status: int = 200, *, wrong: tuple[str, str, str] | None = None) -> Response:
    sought = _sought(visit)
    voice, own = await visit.desk.store.read(_wanted)
    sayings = visit.desk.book.sayings(sought.language, voice, own)
    found = [one for one in sayings if _fits(one, sought) or (wrong and one.key == wrong[0])]
    found.sort(key=lambda one: not one.key[0].isupper())  # whole sentences first, then what they are put together from
    first = sought.page * SHOWN_AT_ONCE
    rows = [_entry(one, wrong) for one in found[first : first + SHOWN_AT_ONCE]]
    rows.sort(key=lambda row: not row.fault)
    more = sought.address(sought.page + 1) if len(found) > first + SHOWN_AT_ONCE else ""
    before = sought.address(sought.page - 1) if sought.page else ""
    context = {"sought": sought, "rows": rows, "number": len(found), "more": more, "before": before}
    return visit.render("texts.html", status, **context, said_in=visit.desk.book.languages, longest=LONGEST_TEXT)


def _fits(saying: Saying, sought: Sought) -> bool:
    if sought.own_only and saying.own is None:
        return False
    wanted = sought.search.casefold()
    return any(wanted in text.casefold() for text in (saying.key, saying.ours, saying.own or ""))


def _entry(saying: Saying, wrong: tuple[str, str, str] | None) -> Entry:
    filled = tuple(sorted(places(saying.key)))
    if wrong is not None and saying.key == wrong[0]:
        return Entry(saying, filled, wrong[1], wrong[2])
    return Entry(saying, filled)


def _wanted(connection: Connection) -> tuple[Voice, Texts]:
    return salon_wishes.read(connection).voice, salon_wishes.own_texts(connection)


def _keep(connection: Connection, visit: Visit, user: User, said: tuple[str, str, str], now: Instant) -> None:
    key, language, text = said
    salon_wishes.save_text(connection, visit.desk.book, key, language, text, now)
    audit.note(connection, user, "Свой текст сохранён", About(detail=key), now)


def _reset(connection: Connection, user: User, key: str, language: str, now: Instant) -> None:
    salon_wishes.reset_text(connection, key, language)
    audit.note(connection, user, "Наш текст возвращён", About(detail=key), now)
