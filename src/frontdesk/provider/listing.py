"""A salon's services, masters and booking rules, as the provider lists them."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from frontdesk.booking.appointments import Master, Service
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.booking.schedules import BookingRules, Grid, GridBase
from frontdesk.language.catalogue import Catalogue, ListedMaster, ListedService
from frontdesk.provider.api import Api
from frontdesk.yclients.endpoints.booking import GetBookServices
from frontdesk.yclients.endpoints.online_settings import GetOnlineSettings, GetTimeslotSettings
from frontdesk.yclients.endpoints.services import GetServices
from frontdesk.yclients.endpoints.staff import GetStaff
from frontdesk.yclients.models.booking import BookServices, OnlineSettings, TimeslotGrid, TimeslotSettings
from frontdesk.yclients.models.service import Service as WireService
from frontdesk.yclients.models.staff import Staff

WAITING_LIST = "лист ожидания"
"""A made-up employee that some salons keep in the list of masters."""
USUAL_LENGTH_S = 3600


async def read_menu(api: Api, company: int) -> Menu:
    """What can be booked there and with whom, in three calls; the salon's rules of booking are not in it."""
    services, online, staff = await asyncio.gather(
        api(GetServices(company_id=company)),
        api(GetBookServices(company_id=company)),
        api(GetStaff(company_id=company)),
    )
    return menu(services, online, staff)


def menu(services: Iterable[WireService], online: BookServices, staff: Iterable[Staff]) -> Menu:
    """The services that clients may book, with the masters who do them."""
    staffers = tuple(
        Staffer(Master(MasterId(one.id or 0), one.name or ""), one.specialization or "")
        for one in staff
        if _takes_clients(one)
    )
    bookable = {one.id for one in online.services}
    categories = {one.id: one.title or "" for one in online.category}
    listed = tuple(
        Listed(
            _offer(one, {staffer.master.id for staffer in staffers}),
            categories.get(one.category_id or 0, ""),
            group=bool(one.is_multi),
        )
        for one in sorted(services, key=lambda one: (-(one.weight or 0), one.id))
        if one.id in bookable
    )
    return Menu(tuple(one for one in listed if one.offer.masters), staffers)


async def read_rules(api: Api, company: int) -> tuple[OnlineSettings, BookingRules]:
    """How its time may be booked, in two calls."""
    online, timeslots = await asyncio.gather(
        api(GetOnlineSettings(company_id=company)), api(GetTimeslotSettings(company_id=company))
    )
    return online, rules(online, timeslots)


def rules(online: OnlineSettings, timeslots: TimeslotSettings) -> BookingRules:
    """The grid that most weekdays have: a copy keeps one for all, and a day that differs shows in the comparison."""
    grids = [day.setting for day in timeslots.weekdays_settings if day.setting is not None]
    usual = Counter(grid.model_dump_json() for grid in grids).most_common(1) if timeslots.is_enabled else []
    grid = next((one for one in grids if usual and one.model_dump_json() == usual[0][0]), TimeslotGrid())
    notice_s = max((online.seance_delay_step or 0) * 60, grid.grid_nearest_timeslot_delay or 0)
    return BookingRules(_grid(grid), notice_s)


def _grid(shown: TimeslotGrid) -> Grid:
    usual = Grid()
    return Grid(
        shown.grid_display_step or usual.step_s,
        GridBase.FIXED if shown.grid_base_type == "predefined" else GridBase.SCHEDULE,
        shown.grid_first_timeslot or 0,
        shown.grid_last_timeslot or usual.last_s,
    )


def _takes_clients(staff: Staff) -> bool:
    hidden = staff.fired or staff.hidden or staff.bookable is False
    return bool(staff.id) and not hidden and (staff.name or "").strip().casefold() != WAITING_LIST


def _offer(service: WireService, masters: set[MasterId]) -> Offer:
    price = Price(Decimal(str(service.price_min or 0)), Decimal(str(service.price_max or service.price_min or 0)))
    usual = service.duration or service.seance_length or USUAL_LENGTH_S
    return Offer(
        Service(ServiceId(service.id), service.booking_title or service.title or ""),
        {
            MasterId(one.id): Terms(one.seance_length or usual, price)
            for one in service.staff
            if one.id and one.id in masters
        },
    )


def catalogue(menu: Menu) -> Catalogue:
    """The same for understanding what people write."""
    return Catalogue(
        tuple(ListedService(one.offer.service.id, one.offer.service.title, one.category) for one in menu.listed),
        tuple(ListedMaster(one.master.id, one.master.name) for one in menu.staff),
    )
