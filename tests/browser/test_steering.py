"""A person takes a conversation over in a browser, answers, and gives it back."""

import pytest
from playwright.sync_api import Browser, expect

from browser.walking import DESKTOP, PHONE, visitor

CHAT, CLIENT = "/desk/conversations/2", "79000000002"


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_somebody_takes_over_answers_and_gives_back(
    chromium: Browser, demo: str, screen: dict[str, int], request: pytest.FixtureRequest
) -> None:
    with visitor(chromium, demo, screen, "light", "ru-RU") as one:
        one.opens(CHAT)
        page, words = one.page, f"Здравствуйте! Это Анна, {request.node.name}"
        page.get_by_role("button", name="Взять на себя").click()
        expect(page.locator("#state")).to_contain_text("отвечает Вера Павлова")
        page.get_by_label("Ваш ответ клиенту").fill(words)
        page.get_by_role("button", name="Отправить").click()
        expect(page.locator("#lines")).to_contain_text(words)
        expect(page.locator("#lines li.human").last).to_contain_text("Вера Павлова")
        heard = page.request.get(f"{demo}/chat/{CLIENT}/messages", params={"after": 0})
        page.wait_for_timeout(1500)
        heard = page.request.get(f"{demo}/chat/{CLIENT}/messages", params={"after": 0})
        assert words in [message["text"] for message in heard.json()]
        one.photographs(f"taken-over-{request.node.name}")
        assert one.barriers() == []
        assert not one.overflows()
        page.get_by_role("button", name="Вернуть ассистенту").click()
        expect(page.locator("#state")).to_contain_text("отвечает ассистент")
        assert one.faults == []


def test_the_assistant_is_silent_while_a_person_answers_and_speaks_again_after(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        one.opens("/desk/conversations/3")
        page, client = one.page, f"{demo}/chat/79000000003/messages"
        page.get_by_role("button", name="Взять на себя").click()
        expect(page.locator("#state")).to_contain_text("отвечает Вера Павлова")
        assert page.request.post(client, data={"id": "silent", "text": "А адрес какой?"}).ok
        expect(page.locator("#lines")).to_contain_text("Понято: адрес", timeout=15_000)
        ours = page.locator("#lines li.ours")
        before = ours.count()
        page.wait_for_timeout(2500)
        assert ours.count() == before
        page.get_by_role("button", name="Вернуть ассистенту").click()
        assert page.request.post(client, data={"id": "speaks", "text": "Какой у вас адрес?"}).ok
        expect(ours).to_have_count(before + 1, timeout=15_000)
        page.locator("details.understood summary").last.click()
        one.photographs("understood")
        page.goto(f"{demo}/desk/audit")
        expect(page.get_by_role("table")).to_contain_text("Диалог возвращён ассистенту")
        one.photographs("audit-filled")
        assert one.barriers() == []
        assert one.faults == []
