from frontdesk.emulator.online import NO_PHONE, check_code, phone_of, send_code
from frontdesk.emulator.refusal import Refusal, found
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.users import signed_in
from frontdesk.emulator.things import Json, User
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.online_users import (
    GetBookingUserData,
    GetPhoneConfirmation,
    PostBookingAuth,
    PostUserAuth,
    PutBookingUser,
    PutBookingUserPassword,
)

ACCEPTED = {"message": "Accepted"}


@emulates(PostUserAuth, codes={"phone": NO_PHONE})
def post_user_auth(world: World, call: PostUserAuth) -> Json:
    """Signs a client in by the code that was sent; their first time makes them a user."""
    phone = phone_of(call.phone)
    check_code(world, phone, call.code)
    del world.codes[phone]
    user = next((one for one in world.users.values() if one.phone == phone), None)
    if user is None:
        number = world.ids.number("user")
        user = world.users[number] = User(number, _name(world, phone), phone, "", world.ids.secret("user token"), phone)
    return signed_in(user)


@emulates(PostBookingAuth)
def post_booking_auth(world: World, call: PostBookingAuth) -> Json:
    """Signs a client in by password."""
    user = next((one for one in world.users.values() if call.login in (one.login, one.phone, one.email)), None)
    if user is None or not user.password or user.password != call.password:
        raise Refusal(401, "Неверный логин или пароль")
    return signed_in(user)


@emulates(GetPhoneConfirmation, codes={"phone": NO_PHONE})
def get_phone_confirmation(world: World, call: GetPhoneConfirmation) -> Reply:
    """Sends a code to the phone that a client wants to have."""
    if call.company_id is not None:
        found(world.companies.get(call.company_id), "Филиал не найден.")
    send_code(world, phone_of(call.phone))
    return Reply(None, ACCEPTED)


@emulates(PutBookingUserPassword)
def put_booking_user_password(world: World, call: PutBookingUserPassword, caller: Caller) -> Json:
    """Changes the password, which ends the token."""
    user = _caller(caller)
    if user.password and user.password != call.old_password:
        raise Refusal(422, "Неверный пароль", errors={"old_password": ["Неверный пароль"]})
    user.password, user.token = call.new_password, world.ids.secret("user token")
    return {"user_token": user.token}


@emulates(PutBookingUser, codes={"phone": NO_PHONE})
def put_booking_user(world: World, call: PutBookingUser, caller: Caller) -> Reply:
    """Changes who a client is; a new phone wants the code that was sent to it."""
    user = _caller(caller)
    if call.phone is not None and phone_of(call.phone) != user.phone:
        phone = phone_of(call.phone)
        check_code(world, phone, call.confirmation_code or "")
        del world.codes[phone]
        user.phone = phone
    user.name = user.name if call.name is None else call.name
    user.email = user.email if call.email is None else call.email
    return Reply(None, ACCEPTED)


@emulates(GetBookingUserData)
def get_booking_user_data(_: World, __: GetBookingUserData, caller: Caller) -> Json:
    """Shows who is signed in."""
    return signed_in(_caller(caller))


def _caller(caller: Caller) -> User:
    if caller.user is None:
        raise Refusal(401, "Необходима авторизация")
    return caller.user


def _name(world: World, phone: str) -> str:
    """What the salons call somebody with this phone."""
    cards = (world.clients.with_phone(company, phone) for company in world.companies)
    return next((card.name for card in cards if card), "")
