"""What a source says of itself. Docs, drop-downs, validation and `semaforo sources` are made from it; nobody writes it
twice. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Words = Mapping[str, str]  # language -> text
Reads = Literal["workbook", "file_or_address", "database", "platform"]
Kind = Literal["text", "number", "date", "choice"]
# What a source was tested on, see docs/sources.md.
Rung = Literal["recorded", "contract", "client", "drift", "hostile", "live"]


@dataclass(frozen=True)
class Parameter:
    """One thing that the owner's row says to a source.

    `column` is where it stands: place is what follows the colon of `source`; in the filter a parameter is `name=value`.
    """

    column: Literal["place", "metric", "filter"]
    about: Words
    example: str
    required: bool = False
    name: str = ""  # of the filter's parameters, and of the place where a template wants it
    kind: Kind = "text"
    choices: tuple[str, ...] = ()  # what a choice may be
    pattern: str | None = None  # a regular expression that the whole of a text has to match
    default: str | None = None
    whose: bool = False  # of the filter: with it the row leads to numbers that the place alone does not hold


@dataclass(frozen=True)
class Offer:
    """A metric that a source can measure.

    `additive`: days may be summed; where they may not, the whole window is asked for as one value.
    `kind` is the catalogue's: count, rate, currency, duration or score. Counts and durations are never below zero.
    """

    name: str
    meaning: Words
    kind: str = "count"
    additive: bool = True
    also: tuple[str, ...] = ()
    unit: str | None = None  # of the values that the source gives back: %, EUR
    definition: str | None = None  # the meaning in force: the day of its last change


# --- how a platform is told who asks; a secret is named, never written ------------------------------------------------


@dataclass(frozen=True)
class ApiKey:
    """A key in a header or in the query."""

    secret: str
    name: str
    where: Literal["header", "query"] = "header"
    prefix: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets."""
        return (self.secret,)


@dataclass(frozen=True)
class Bearer:
    """A token in the Authorization header."""

    secret: str

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets."""
        return (self.secret,)


@dataclass(frozen=True)
class Basic:
    """A user and a password; `user` as it stands, or the secret that holds it."""

    secret: str
    user: str = ""
    user_secret: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets."""
        return (self.user_secret, self.secret) if self.user_secret else (self.secret,)


@dataclass(frozen=True)
class OAuthRefresh:
    """A lasting refresh token that is changed for a short-lived access token (RFC 6749, section 6)."""

    token_url: str
    client_id: str  # names of secrets, all three
    client_secret: str
    refresh_token: str
    client_in: Literal["body", "header"] = "body"  # where the token address wants the client's id and secret

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets."""
        return (self.client_id, self.client_secret, self.refresh_token)


@dataclass(frozen=True)
class GoogleServiceAccount:
    """A service account's key; where there is none of that name, the one that opens the workbooks."""

    scopes: tuple[str, ...]
    secret: str = "GOOGLE_SERVICE_ACCOUNT"  # noqa: S105  # the name of a secret, not one

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets."""
        return (self.secret,)


@dataclass(frozen=True)
class AllOf:
    """Several at once: a key and a token, or a developer's token beside OAuth."""

    parts: tuple[ApiKey | Bearer | Basic | OAuthRefresh | GoogleServiceAccount, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the secrets."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.needs))


Auth = ApiKey | Bearer | Basic | OAuthRefresh | GoogleServiceAccount | AllOf
AUTH_NAMES = {
    ApiKey: "api_key",
    Bearer: "bearer",
    Basic: "basic",
    OAuthRefresh: "oauth_refresh",
    GoogleServiceAccount: "google_service_account",
    AllOf: "all_of",
}


@dataclass(frozen=True)
class Rate:
    """How often an account may be asked; `parallel` requests at most are under way at once."""

    per_second: float | None = None
    burst: int = 1
    parallel: int = 4


@dataclass(frozen=True)
class Version:
    """The version of a platform's interface that we ask for, where its answer tells which it served, and its end."""

    asked: str
    served_header: str | None = None
    expires: date | None = None


@dataclass(frozen=True)
class Manifest:
    """What a source says of itself."""

    id: str
    titles: Words
    about: Words
    reads: Reads
    parameters: tuple[Parameter, ...] = ()
    platform: str | None = None  # its key in the catalogue, whose metrics it offers
    offers: tuple[Offer, ...] = ()  # metrics beside the catalogue's; with a platform: the only ones of it, where given
    auth: tuple[Auth, ...] = ()  # alternatives: the first whose secrets are all there is taken
    base: str = ""  # https://host of the interface; SEMAFORO_SOURCE_URL_<ID> replaces it
    rate: Rate = Rate()
    version: Version | None = None
    grain: Literal["day", "month", "now"] = "day"  # the finest that it gives; now: no history at all
    timezone: str | None = None  # in which it cuts its days; None: the account's own
    look_back_days: int | None = None  # how far back it answers
    history_days: int = 365  # how much before a KPI's start is asked for, to know what is usual
    latency_hours: int = 0  # after this the numbers of a day are there
    restated_days: int = 0  # so many last days are still corrected
    docs: str = ""  # the vendor's page
    listed_in_files: bool = False  # its places are the operator's files, each of which says who may ask
    tested_on: tuple[Rung, ...] = ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of all secrets that any of its ways in wants, each once."""
        return tuple(dict.fromkeys(name for auth in self.auth for name in auth.needs))

    @property
    def place(self) -> Parameter | None:
        """What stands behind the source's name in its cell; None where nothing does."""
        return next((parameter for parameter in self.parameters if parameter.column == "place"), None)

    @property
    def name(self) -> str:
        """What sentences call it."""
        return self.titles["en"]
