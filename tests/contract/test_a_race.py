import asyncio

from calls import wish

from frontdesk.yclients.endpoints.booking import PostBookRecord
from frontdesk.yclients.errors import BookingCode, Refused

RACERS = 200


def test_of_two_hundred_who_want_one_time_one_gets_it(salon):
    async def try_to_book(number):
        call = PostBookRecord.model_validate(
            {"company_id": 962302, "phone": f"7900200{number:04}", "fullname": "Гость", "appointments": (wish(),)},
            strict=False,
        )
        try:
            await salon.api()(call)
        except Refused as refusal:
            return refusal.booking_code
        return None

    async def race():
        return await asyncio.gather(*(try_to_book(number) for number in range(RACERS)))

    outcomes = salon.run(race())
    assert outcomes.count(None) == 1
    assert outcomes.count(BookingCode.SLOT_BUSY) == RACERS - 1
