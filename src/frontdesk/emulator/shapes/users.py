from frontdesk.emulator.shapes.people import PICTURE
from frontdesk.emulator.things import Json, User


def signed_in(user: User) -> Json:
    """A user with their token; it stands a second time under the key "0", as the provider really answers."""
    return {
        "0": user.token,
        "id": user.id,
        "user_token": user.token,
        "name": user.name,
        "phone": user.phone,
        "login": user.login,
        "email": user.email,
        "avatar": PICTURE,
        "is_approved": True,
        "is_email_confirmed": bool(user.email),
    }
