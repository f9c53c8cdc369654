"""The statements behind the statistics of cancellations: one pass finds what is lost and why, then it is counted."""

from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from frontdesk.booking.changes import ChangeKind
from frontdesk.store.columns import MICROSECOND, Moment, written_out
from frontdesk.store.desk_tables import GIVES_UP, MOVES
from frontdesk.store.fate import LOST, Fate
from frontdesk.store.ledger import REBOOKED_WITHIN, AskedBy, Outcome
from frontdesk.store.mirror_tables import mirror_appointments
from frontdesk.store.tables import ledger

HOUR: Final = timedelta(hours=1) // MICROSECOND
WEEK_H: Final = 168
EPOCH_WAS_H: Final = 72
"""1970 began on a Thursday, three days after Monday."""
MAKES_UP: Final = REBOOKED_WITHIN // MICROSECOND
LEADS_S: Final = (2 * 3600, 24 * 3600, 3 * 24 * 3600, 7 * 24 * 3600)
"""The bounds between the groups of how long before its start an appointment was given up."""


class Loss(StrEnum):
    """How an appointment did not take place."""

    EARLY = "early"
    LATE = "late"
    NO_SHOW = "no_show"
    SALON = "salon"


class By(StrEnum):
    """What the appointments are counted by."""

    REASON = "reason"
    CHANNEL = "channel"
    LEAD = "lead"
    TERMS = "terms"
    WEEK_HOUR = "week_hour"


_M = mirror_appointments.c
_L = ledger.c
DAYS = (_M.salon == bindparam("at"), _M.day.between(bindparam("first"), bindparam("last")))
_SHOWN = type_coerce(_M.shown_at, BigInteger)
_WEEK_HOUR = (_SHOWN // literal_column(str(HOUR), BigInteger) + EPOCH_WAS_H) % WEEK_H
_LAST_WORD = (
    select(func.max(_L.id))
    .where(_L.salon == _M.salon, _L.appointment == _M.appointment, GIVES_UP)
    .correlate(mirror_appointments)
    .scalar_subquery()
)
"""A cancellation that was taken back explains nothing."""
_IS_ASKED_HERE = _L.id.is_not(None)
_LOSS = case(
    (and_(~_IS_ASKED_HERE, _M.fate == Fate.NO_SHOW), literal(Loss.NO_SHOW)),
    (or_(~_IS_ASKED_HERE, _L.asked_by == AskedBy.STAFF), literal(Loss.SALON)),
    (_L.late, literal(Loss.LATE)),
    else_=literal(Loss.EARLY),
)
_LEAD = case(
    (_L.lead_s.is_(None), None),
    *((_L.lead_s < bound, group) for group, bound in enumerate(LEADS_S)),
    else_=len(LEADS_S),
)
_GIVEN_UP_AT = func.coalesce(
    type_coerce(_L.at, BigInteger), type_coerce(_M.lost_at, BigInteger), _SHOWN - bindparam("ahead", type_=BigInteger)
)
_ANEW = mirror_appointments.alias("anew")
_IS_MOVED_HERE = _M.appointment.in_(select(_L.appointment).where(_L.salon == bindparam("at"), MOVES))
_ALL = select(_M.was_moved, case((_IS_MOVED_HERE, 1), else_=0).label("here")).where(*DAYS).cte("every")
MOVED = select(
    func.coalesce(func.sum(_ALL.c.here), 0),
    func.coalesce(func.sum(case((and_(_ALL.c.was_moved, _ALL.c.here == 0), 1), else_=0)), 0),
)
"""How many have been moved to the time they have: by what was asked for here, and by the salon in its journal."""


@cache
def lost_statement() -> CompoundSelect[Any]:
    """What did not take place, in the columns of `Lost`; asked for with salon, days, `now` and `ahead`."""
    ones = _lost_ones()
    lost, of_client = ones.c, ones.c.loss.in_([Loss.EARLY, Loss.LATE])
    return union_all(
        _counted(By.REASON, ones, of_client, word=lost.reason),
        _counted(By.CHANNEL, ones, of_client, word=lost.channel),
        _counted(By.LEAD, ones, of_client, number=lost.lead),
        _counted(By.TERMS, ones, number=lost.master, service=lost.service),
        _counted(By.WEEK_HOUR, ones, number=lost.week_hour),
    )


def _lost_ones() -> CTE:
    """Each appointment that did not take place, with what is known of why; `back` where its client booked anew."""
    explained = and_(_L.id == _LAST_WORD, _L.kind == ChangeKind.CANCELLED)
    found = (
        select(
            _M.master,
            _M.service,
            _WEEK_HOUR.label("week_hour"),
            _LOSS.label("loss"),
            _L.reason,
            _L.channel,
            _LEAD.label("lead"),
            _L.value_cents,
            case((_is_back(), 1), else_=0).label("back"),
            _GIVEN_UP_AT.label("given_up_at"),
        )
        .select_from(mirror_appointments.outerjoin(ledger, explained))
        .where(*DAYS, written_out(_M.fate, *LOST))
    )
    return found.cte("lost")


def _is_back() -> ColumnElement[bool]:
    """Whether the same person has booked anew within the days that count: here, or in whatever way at the salon."""
    anew = _ANEW.c
    created_at = type_coerce(anew.created_at, BigInteger)
    elsewhere = exists().where(
        anew.salon == _M.salon,
        anew.phone == _M.phone,
        created_at > _GIVEN_UP_AT,
        created_at <= _GIVEN_UP_AT + MAKES_UP,
        written_out(anew.fate, Fate.STANDS, Fate.CAME),
    )
    return or_(and_(_IS_ASKED_HERE, func.coalesce(_L.outcome, "") == Outcome.REBOOKED), elsewhere)


def _counted(  # noqa: PLR0913 - the three columns that a group may have, by name
    by: By,
    ones: CTE,
    which: ColumnElement[bool] | None = None,
    *,
    word: ColumnElement[Any] | None = None,
    number: ColumnElement[Any] | None = None,
    service: ColumnElement[Any] | None = None,
) -> Select[Any]:
    lost = ones.c
    keys = [cast(null(), kind) if key is None else key for key, kind in _kinds(word, number, service)]
    may_return = and_(lost.back == 0, lost.given_up_at + MAKES_UP > bindparam("now", type_=Moment))
    counts = (
        func.count(),
        func.coalesce(func.sum(lost.value_cents), 0),
        func.count(lost.value_cents),
        func.sum(lost.back),
        func.coalesce(func.sum(case((lost.back == 1, lost.value_cents))), 0),
        func.count(case((lost.back == 1, lost.value_cents))),
        func.sum(case((may_return, 1), else_=0)),
    )
    found = select(literal_column(f"'{by}'"), lost.loss, *keys, *(cast(one, BigInteger) for one in counts))
    found = found.group_by(lost.loss, *(key for key in (word, number, service) if key is not None))
    return found if which is None else found.where(which)


def _kinds(word: Any, number: Any, service: Any) -> tuple[tuple[Any, type[Text] | type[BigInteger]], ...]:  # noqa: ANN401
    return (word, Text), (number, BigInteger), (service, BigInteger)


@cache
def whole_statement() -> CompoundSelect[Any]:
    """All appointments, in the columns of `Whole`."""
    terms = (
        select(literal_column(f"'{By.TERMS}'"), _M.master, _M.service, func.count())
        .where(*DAYS)
        .group_by(_M.master, _M.service)
    )
    hours = select(_WEEK_HOUR.label("week_hour")).where(*DAYS).cte("hours")
    weeks = select(literal_column(f"'{By.WEEK_HOUR}'"), hours.c.week_hour, cast(null(), BigInteger), func.count())
    return union_all(terms, weeks.group_by(hours.c.week_hour))
