"""A copy that is kept stays as good as the journal, and follows what the salon lets clients do."""

from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.provider.away import FRESH
from sync_kit import COMPANY, Salon

TIME_FOR_A_READING = timedelta(seconds=10)


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


def test_between_two_readings_it_never_ceases_to_be_fresh_even_if_one_takes_its_time(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        ages = []
        for _ in range(150):
            salon.clock.advance(1)
            ages.append(salon.clock.now() - (await salon.freshness()).appointments)
            await salon.step()
        assert max(ages) <= FRESH - TIME_FOR_A_READING

    salon.play(story)


def test_what_clients_may_no_longer_do_is_known_two_minutes_later_without_a_webhook(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        policy = salon.syncing.branch.salon.policy
        assert policy.may_cancel
        salon.world.companies[COMPANY].allow_delete_record = False
        await salon.step(119)
        await salon.step(1)
        assert not salon.syncing.branch.salon.policy.may_cancel

    salon.play(story)
