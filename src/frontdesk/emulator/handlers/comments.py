from frontdesk.emulator.bookings import the_master
from frontdesk.emulator.refusal import invalid
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.people import PICTURE
from frontdesk.emulator.shapes.times import on_the_wall
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.comments import GetComments, PostComment

PAGE_SIZE = 20
OF_THE_SALON, OF_A_MASTER = 0, 1


@emulates(GetComments)
def get_comments(world: World, call: GetComments) -> Reply:
    """Lists the reviews of a branch and of its masters, newest first."""
    every = world.reviews.get(call.company_id, [])[::-1]
    chosen = [one for one in every if _fits(one, call)]
    page, count = call.page or 1, call.count or PAGE_SIZE
    return Reply(chosen[(page - 1) * count : page * count], {"count": len(chosen)})


@emulates(PostComment)
def post_comment(world: World, call: PostComment, caller: Caller) -> Json:
    """Leaves a review, which counts in the master's rating at once."""
    if not call.text.strip():
        invalid(errors={"text": ["Обязательное поле не заполнено"]})
    master = the_master(world, call.company_id, call.staff_id) if call.staff_id else None
    review = {
        "id": world.ids.number("review"),
        "salon_id": call.company_id,
        "type": OF_A_MASTER if master else OF_THE_SALON,
        "master_id": master.id if master else 0,
        "text": call.text,
        "date": on_the_wall(world.now_local(world.companies[call.company_id])),
        "rating": int(call.mark),
        "user_id": caller.user_id,
        "user_name": call.name,
        "user_avatar": PICTURE,
        "record_id": 0,
    }
    world.reviews.setdefault(call.company_id, []).append(review)
    if master:
        master.rating = round((master.rating * master.votes + int(call.mark)) / (master.votes + 1), 2)
        master.votes, master.comments = master.votes + 1, master.comments + 1
    return review


def _fits(review: Json, call: GetComments) -> bool:
    day = review["date"][:10]
    return (
        call.staff_id in (None, review["master_id"])
        and call.rating in (None, review["rating"])
        and (call.start_date is None or day >= call.start_date.isoformat())
        and (call.end_date is None or day <= call.end_date.isoformat())
    )
