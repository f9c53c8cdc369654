"""What is wrong in a settings file is said by its key, with what to write there, and never with a secret."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from frontdesk.service.settings import SettingsError, load, read

GOOD: dict[str, Any] = {
    "salon": {"centre": {"company_id": 962302, "partner_token": "demo-partner", "user_token": "demo-user"}},
    "telegram": {"main": {"salons": ["centre"], "token": "12:ab", "secret": "word"}},
}


def complaint(*way: str, value: object) -> str:
    """What is said of the good settings with this key written so; None takes it away."""
    written = deepcopy(GOOD)
    *above, key = way
    table = written
    for step in above:
        table = table.setdefault(step, {})
    table.pop(key, None)
    if value is not None:
        table[key] = value
    with pytest.raises(SettingsError) as refused:
        read(written, {})
    return str(refused.value)


def test_a_key_that_is_missing_is_named_with_where_it_is_explained() -> None:
    said = complaint("salon", "centre", "user_token", value=None)
    assert said == "salon.centre.user_token: it is needed and not there; docs/operating.md says what it is"


@pytest.mark.parametrize(
    ("way", "meant"),
    [
        (("salon", "centre", "compani_id"), "salon.centre.compani_id: there is no such key; did you mean company_id?"),
        (("service", "quite_ms"), "service.quite_ms: there is no such key; did you mean quiet_ms?"),
        (("wahtsapp",), "wahtsapp: there is no such key; did you mean whatsapp?"),
        (("telegram", "main", "polling"), "telegram.main.polling: there is no such key; there are salons, mode, "),
        (("salon", "phone", "titel"), "salon.phone.titel: there is no such key; did you mean title?"),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_a_key_that_does_not_exist_is_named_with_the_one_that_was_meant(way: tuple[str, ...], meant: str) -> None:
    assert meant in complaint(*way, value="x")


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize("way", [("service", "metrics_token"), ("telegram", "main", "token")], ids=".".join)
def test_an_empty_secret_is_refused_before_anything_starts(way: tuple[str, ...], empty: str) -> None:
    assert complaint(*way, value=empty).startswith(f"{'.'.join(way)}: it is empty; write the secret, or env:NAME")


@pytest.mark.parametrize("way", [("salon", "centre", "privacy_url"), ("telegram", "main", "api_url")], ids=".".join)
def test_an_address_that_is_none_is_refused_before_anything_starts(way: tuple[str, ...]) -> None:
    assert complaint(*way, value="api.yclients.com").endswith(
        "is no address; write it whole, as in https://salon.example"
    )


def test_a_wrong_secret_is_never_repeated() -> None:
    said = complaint("salon", "centre", "partner_token", value=["hush-hush"])
    assert said.startswith("salon.centre.partner_token: ")
    assert "hush" not in said


def test_all_that_is_wrong_is_said_at_once_a_line_a_key() -> None:
    lines = complaint("salon", "centre", value={"compani_id": 1}).splitlines()
    assert [line.partition(":")[0].removeprefix("salon.centre.") for line in lines] == [
        "company_id",
        "partner_token",
        "user_token",
        "compani_id",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "it is not written in UTF-8 (byte 1); save it so"),
        (b"[salon", "it is not written as TOML: Expected ']'"),
    ],
    ids=["of another encoding", "broken"],
)
def test_a_file_that_can_not_be_read_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "frontdesk.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        load(path, {})
    assert str(refused.value).startswith(f"{path}: {said}")


NOTICE = {"legal_name": "ООО «Центр»", "privacy_url": "https://salon.example/p", "privacy_version": "1"}


@pytest.mark.parametrize(
    ("web", "wrong"),
    [
        ({"main": {"salons": ["centre"], "origins": ["salon.example"]}}, "scheme and host alone"),
        ({"main": {"salons": ["centre"], "origins": ["https://salon.example/page"]}}, "scheme and host alone"),
        ({"main": {"salons": ["centre"], "origins": ["https://a; script-src *"]}}, "scheme and host alone"),
        ({"main": {"salons": ["nowhere"]}}, "there is no such"),
        ({"widget.js": {"salons": ["centre"]}}, "web"),
    ],
)
def test_a_web_chat_that_can_not_be_is_refused_with_the_cure(web: dict[str, Any], wrong: str) -> None:
    assert wrong in complaint("web", value=web)


@pytest.mark.parametrize(
    ("notice", "wrong"),
    [
        ({"legal_name": "ООО «Центр»"}, "needs legal_name, privacy_url and privacy_version"),
        (NOTICE | {"privacy_url": "salon.example"}, "write it whole"),
        (NOTICE | {"terms_url": "javascript:alert(1)"}, "write it whole"),
        (NOTICE | {"legal_name": "ООО\n«Центр»"}, "one line"),
    ],
)
def test_a_notice_that_is_not_whole_is_refused_with_the_cure(notice: dict[str, str], wrong: str) -> None:
    assert wrong in complaint("salon", "centre", value=GOOD["salon"]["centre"] | notice)
