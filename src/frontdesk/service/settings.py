"""The settings file: who the salons are, how to speak to them and to the messengers.

A secret is written as `env:NAME` and read from the environment. Every key can also be given as an environment
variable, `FRONTDESK__SALON__CENTRE__COMPANY_ID`, which wins over the file.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from frontdesk.booking.policy import CancelSettings, Method, Pick, Policy
from frontdesk.booking.salon import Privacy
from frontdesk.service.settings_values import Line, Origin, Secret, WebAddress, Zone
from frontdesk.service.settings_words import in_words

PREFIX = "FRONTDESK__"
_BY_REFERENCE = "env:"
_CHAT = r"^(whatsapp|telegram|max):[^:\s]+:\d{1,20}$"


class SettingsError(Exception):
    """The settings can't be used; each line says which key, what is wrong with it and what to do."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoreSettings(_Table):
    """Where the front desk keeps its own state."""

    url: str = "sqlite:///frontdesk.db"


class ServiceSettings(_Table):
    """How the service itself behaves. `quiet_ms` is how long a message waits for the rest of the thought.

    `public_url` is where the salon's people open the desk from, as in https://desk.example.ru: links sent to them begin
    so. What people wrote and were told is deleted after `keep_days`.
    """

    quiet_ms: Annotated[int, Field(ge=0, le=10_000)] = 1200
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 30
    metrics_token: Secret | None = None
    public_url: Annotated[str, Field(pattern=r"^(https?://[^\s/]+/?)?$")] = ""
    log: Literal["console", "json"] = "console"


class SalonSettings(_Table):
    """One branch at the provider. `title` and `phone` speak for the salon where the provider does not say them.

    `legal_name`, `privacy_url` and `terms_url` are told once to everybody who writes, again when `privacy_version` is
    another. Whether the address and both tokens are right, the doctor says: it asks the provider.
    """

    provider: Literal["yclients", "altegio"] = "yclients"
    base_url: str | None = None
    company_id: Annotated[int, Field(gt=0)]
    partner_token: SecretStr
    user_token: SecretStr
    webhook_secret: Secret | None = None
    time_zone: Zone | None = None
    title: str = ""
    phone: str = ""
    legal_name: Annotated[Line, Field(max_length=200)] = ""
    privacy_url: WebAddress = ""
    terms_url: WebAddress = ""
    privacy_version: Annotated[Line, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def _notice_is_whole(self) -> Self:
        said = [self.legal_name, self.privacy_url, self.privacy_version]
        if any([*said, self.terms_url]) and not all(said):
            raise ValueError("the privacy notice needs legal_name, privacy_url and privacy_version, or none of them")
        return self

    def privacy(self) -> Privacy | None:
        """What clients are told of their data; nothing where nothing is written here."""
        if not self.legal_name:
            return None
        return Privacy(self.legal_name, self.privacy_version, self.privacy_url, self.terms_url)


class _Account(_Table):
    salons: Annotated[tuple[str, ...], Field(min_length=1)]


class WhatsAppSettings(_Account):
    """One WhatsApp number."""

    graph_url: WebAddress = "https://graph.facebook.com/v26.0"
    phone_number_id: str
    access_token: Secret
    app_secret: Secret
    verify_token: Secret


class TelegramSettings(_Account):
    """One Telegram bot. With `polling` it needs no public address and no `secret`: its messages are fetched."""

    mode: Literal["webhook", "polling"] = "webhook"
    api_url: WebAddress = "https://api.telegram.org"
    token: Secret
    secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _webhook_has_its_secret(self) -> Self:
        if self.mode == "webhook" and not self.secret.get_secret_value():
            raise ValueError('secret: needed, it is the webhook\'s secret_token; or write mode = "polling"')
        return self


class MaxSettings(_Account):
    """One MAX bot. `ca_file` is the root certificate that signs MAX's address, where the system does not know it.

    MAX takes a subscription away whose deliveries fail for eight hours. Where `public_url` of `[service]` is known, it
    is looked for every half hour and made anew.
    """

    api_url: WebAddress = "https://platform-api2.max.ru"
    token: Secret
    secret: Secret
    ca_file: Path | None = None


class WebSettings(_Account):
    """One web chat. `origins` are the sites that may show it in their pages; the page itself is open to everybody."""

    origins: Annotated[tuple[Origin, ...], Field(max_length=50)] = ()


class NotifyTable(_Table):
    """Whom of the salon to tell at once what changed.

    `administrator` is a chat, `channel:account:user`, told of every change. With `masters` every master who is not told
    yet is given a code at the start, which the log names. `owner` is the chat of whoever can mend what keeps us from
    work, among it a queue that stands `waiting_minutes` before an open journal; without it the administrator is told.
    """

    administrator: Annotated[str, Field(pattern=_CHAT)] | None = None
    owner: Annotated[str, Field(pattern=_CHAT)] | None = None
    masters: bool = False
    waiting_minutes: Annotated[int, Field(ge=1, le=1440)] = 15


class CancelTable(_Table):
    """How appointments are cancelled."""

    pick: Pick = Pick.ASK
    confirm: bool = True
    method: Method = Method.VISIT
    fallback_delete: bool = True


class OutageTable(_Table):
    """While the journal is away, free times are offered only from a copy that was no older than this when it went."""

    slots_max_age_minutes: Annotated[int, Field(ge=0)] = 120


class PolicyTable(_Table):
    """What clients may do where the provider does not say it. The windows are in seconds before the start."""

    allow_delete_record: bool = True
    allow_delete_record_delay_step: Annotated[int, Field(ge=0)] = 0
    allow_change_record: bool = True
    allow_change_record_delay_step: Annotated[int, Field(ge=0)] = 0


class Settings(BaseSettings):
    """The whole settings file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    store: StoreSettings = StoreSettings()
    service: ServiceSettings = ServiceSettings()
    salon: Annotated[dict[str, SalonSettings], Field(min_length=1)]
    whatsapp: dict[str, WhatsAppSettings] = Field(default_factory=dict)
    telegram: dict[str, TelegramSettings] = Field(default_factory=dict)
    max: dict[str, MaxSettings] = Field(default_factory=dict)
    web: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")], WebSettings] = Field(default_factory=dict)
    cancel: CancelTable = CancelTable()
    policy: PolicyTable = PolicyTable()
    notify: NotifyTable = NotifyTable()
    outage: OutageTable = OutageTable()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the framework's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the framework's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the framework's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which comes as arguments."""
        return env_settings, init_settings

    @model_validator(mode="after")
    def _salons_are_known(self) -> Self:
        for channel in ("whatsapp", "telegram", "max", "web"):
            for name, account in getattr(self, channel).items():
                if unknown := set(account.salons) - set(self.salon):
                    raise ValueError(f"{channel}.{name}.salons names {sorted(unknown)}, but there is no such [salon.…]")
        return self

    @model_validator(mode="after")
    def _chats_to_notify_are_of_known_accounts(self) -> Self:
        for key in ("administrator", "owner"):
            channel, _, rest = (getattr(self.notify, key) or "").partition(":")
            account = rest.partition(":")[0]
            if channel and account not in getattr(self, channel):
                raise ValueError(f"notify.{key} names {channel}:{account}, but there is no [{channel}.{account}]")
        return self

    def privacy_of_salons(self) -> dict[str, Privacy]:
        """What clients are told of their data, by salon; a salon that says nothing is left out."""
        return {key: said for key, salon in self.salon.items() if (said := salon.privacy()) is not None}

    def policy_of_salons(self) -> Policy:
        """The policy that holds where the provider does not say otherwise."""
        said, cancel = self.policy, CancelSettings(**self.cancel.model_dump())
        return Policy(
            cancel=cancel,
            may_cancel=said.allow_delete_record,
            cancel_notice_s=said.allow_delete_record_delay_step,
            may_move=said.allow_change_record,
            move_notice_s=said.allow_change_record_delay_step,
        )


def load(path: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Reads the file; raises SettingsError, whose text is fit to be shown, where it can't be used."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file; see `frontdesk.toml` in docs/operating.md") from None
    except UnicodeDecodeError as fault:
        raise SettingsError(f"{path}: it is not written in UTF-8 (byte {fault.start + 1}); save it so") from None
    except OSError as fault:
        raise SettingsError(f"{path}: it can't be read: {fault.strerror}") from None
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"{path}: it is not written as TOML: {fault}") from None
    return read(written, environment)


def read(written: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from a file's content; see `load`."""
    try:
        return Settings(**_resolved(written, "", os.environ if environment is None else environment))
    except ValidationError as fault:
        raise SettingsError("\n".join(in_words(one, Settings) for one in fault.errors())) from None


def _resolved(value: Any, where: str, environment: Mapping[str, str]) -> Any:  # noqa: ANN401 - any TOML
    if isinstance(value, dict):
        return {key: _resolved(part, f"{where}.{key}".lstrip("."), environment) for key, part in value.items()}
    if isinstance(value, str) and value.startswith(_BY_REFERENCE):
        return _from_environment(value.removeprefix(_BY_REFERENCE), where, environment)
    return value


def _from_environment(name: str, where: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise SettingsError(f"{where}: set the environment variable {name}, it is missing or empty")
    return environment[name]
