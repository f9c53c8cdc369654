"""A salon's services, masters and booking rules, as the provider lists them."""

import asyncio
from collections.abc import Iterable
from decimal import Decimal

from frontdesk.booking.appointments import Master, Service
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.language.catalogue import Catalogue, ListedMaster, ListedService
from frontdesk.provider.api import Api
from frontdesk.yclients.endpoints.booking import GetBookServices
from frontdesk.yclients.endpoints.online_settings import GetOnlineSettings
from frontdesk.yclients.endpoints.services import GetServices
from frontdesk.yclients.endpoints.staff import GetStaff
from frontdesk.yclients.models.booking import BookServices, OnlineSettings
from frontdesk.yclients.models.service import Service as WireService
from frontdesk.yclients.models.staff import Staff

WAITING_LIST = "лист ожидания"
"""A made-up employee that some salons keep in the list of masters."""
USUAL_LENGTH_S = 3600


async def read_menu(api: Api, company: int, currency: str = "₽") -> Menu:
    """What can be booked there, in four calls."""
    services, online, staff, rules = await asyncio.gather(
        api(GetServices(company_id=company)),
        api(GetBookServices(company_id=company)),
        api(GetStaff(company_id=company)),
        api(GetOnlineSettings(company_id=company)),
    )
    return menu(services, online, staff, rules, currency)


def menu(
    services: Iterable[WireService], online: BookServices, staff: Iterable[Staff], rules: OnlineSettings, currency: str
) -> Menu:
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
    return Menu(
        tuple(one for one in listed if one.offer.masters),
        staffers,
        any_master=rules.any_master is not False,
        confirms_phone=bool(rules.confirm_number),
        currency=currency,
        most_places=rules.activity_online_record_clients_count_max or 1,
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
