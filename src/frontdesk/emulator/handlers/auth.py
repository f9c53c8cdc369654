from frontdesk.emulator.refusal import Refusal
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.shapes.users import signed_in
from frontdesk.emulator.things import Code, Json, User
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.auth import PostAuth, SecondProof

WRONG = "Неверный логин или пароль"
WRONG_CODE = "Неверный код подтверждения"
REFRESH_S = 60


@emulates(PostAuth)
def post_auth(world: World, call: PostAuth) -> Reply | Json:
    """Signs an employee in; with a second factor only the repeated call with its code does."""
    user = next((one for one in world.users.values() if call.login in (one.login, one.phone, one.email)), None)
    if user is None or not user.password or user.password != call.password:
        raise Refusal(401, WRONG)
    if user.two_factor and call.two_factor is None:
        return _ask_for_code(world, user)
    if user.two_factor and call.two_factor is not None:
        _check_code(world, user, call.two_factor)
    return signed_in(user)


def _ask_for_code(world: World, user: User) -> Reply:
    uuid = world.ids.secret("second factor")
    world.codes[uuid] = Code(world.ids.code("second factor"), owner=user.id)
    asked = {
        "uuid": uuid,
        "flow": "login",
        "transport": {"type": "email", "recipient": f"{user.login[:3]}***"},
        "refresh_ttl_sec": REFRESH_S,
        "attempts_left": world.codes[uuid].attempts_left,
    }
    return Reply(asked, status=200)


def _check_code(world: World, user: User, proof: SecondProof) -> None:
    code = world.codes.get(proof.uuid)
    if code is None or code.owner != user.id or code.attempts_left == 0 or code.secret != proof.secret:
        if code is not None:
            code.attempts_left = max(0, code.attempts_left - 1)
        raise Refusal(422, WRONG_CODE)
    del world.codes[proof.uuid]
