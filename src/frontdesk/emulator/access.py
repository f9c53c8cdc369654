"""Who may call what: tokens first, then the branch, then the user's rights in it."""

import functools
import re
from typing import Any, Final

from frontdesk.emulator.reading import Sent, wants_envelope
from frontdesk.emulator.refusal import Refusal, forbidden, not_found
from frontdesk.emulator.registry import Caller
from frontdesk.emulator.things import Company, User
from frontdesk.emulator.world import World
from frontdesk.yclients.contract import Auth, Endpoint

_BEARER: Final = re.compile(r"\bBearer\s+([^\s,]+)", re.IGNORECASE)
_USER: Final = re.compile(r"\bUser\s+([^\s,]+)", re.IGNORECASE)
TOKENS_KEPT: Final = 1000
_BRANCH: Final = re.compile(r"\{(company_id|salon_id)\}|/company/\{(\w+)\}")


def caller_of(world: World, endpoint: type[Endpoint[Any]], sent: Sent) -> Caller:
    """Who sent a request; refuses with the 401 that names the token at fault."""
    needed = endpoint.spec.auth
    bearer, user = _tokens(sent.headers.get("authorization", ""))
    partner = world.partners.get(bearer) if bearer else None
    if needed is not Auth.NONE:
        if bearer is None:
            raise Refusal(401, "Не указаны авторизационные данные")
        if partner is None:
            raise Refusal(401, "Не указан идентификатор партнера")
    signed_in = world.user_with_token(user) if user else None
    caller = Caller(partner, signed_in, wants_envelope(sent), sent_user_token=user is not None)
    if needed is Auth.USER and caller.user is None:
        raise Refusal(401, "Необходима авторизация")
    return caller


@functools.lru_cache(TOKENS_KEPT)
def _tokens(said: str) -> tuple[str | None, str | None]:
    """The partner's and the user's token of an Authorization header."""
    bearer, user = _BEARER.search(said), _USER.search(said)
    return (bearer[1] if bearer else None), (user[1] if user else None)


def enter_branch(world: World, call: Endpoint[Any], caller: Caller, right: str) -> None:
    """Refuses a branch that does not exist, is not connected, has no licence, or where the user may not do this."""
    field = _branch_field(type(call))
    company_id = getattr(call, field) if field else None
    if not isinstance(company_id, int):
        return
    company = world.companies.get(company_id)
    if company is None or not company.active:
        not_found("Филиал не найден.")
    if caller.partner and caller.partner.company_ids is not None and company_id not in caller.partner.company_ids:
        forbidden("Нет прав на управление филиалом")
    _check_licence(world, company)
    if caller.user and call.spec.auth is Auth.USER:
        check_right(caller.user, company_id, right)


def check_right(user: User, company_id: int, right: str) -> None:
    """Refuses a user who does not work in a branch, or lacks a right there."""
    rights = user.rights.get(company_id)
    if rights is None:
        forbidden("Нет прав на управление филиалом")
    if right and not rights.get(right, True):
        forbidden("Недостаточно прав")


@functools.cache
def _branch_field(endpoint: type[Endpoint[Any]]) -> str:
    """The field of a call that names the branch, empty if none does: it stands in the path."""
    named = _BRANCH.search(endpoint.spec.path)
    return (named[1] or named[2]) if named else ""


def _check_licence(world: World, company: Company) -> None:
    if company.licence_until is not None and world.now_local(company).date() > company.licence_until:
        raise Refusal(402, f"Необходимо продлить лицензию в филиале с id: {company.id}")
