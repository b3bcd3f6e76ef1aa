"""Secrets by name: where they come from, who may see them, and how they sign."""

from dataclasses import replace
from datetime import date

import pytest

from sync.errors import BlockedError
from sync.model import Severity
from sync.settings import Secret, Settings, read_settings
from sync.sources.api import open_api
from sync.sources.health import lacks
from sync.sources.manifest import AllOf, ApiKey, Basic, Bearer, GoogleServiceAccount, Manifest, OAuthRefresh, Version
from sync.sources.secrets import Secrets
from sync.sources.web.redact import redacted
from tests.platforms import TOKEN, Platform, asks_for_a_token, at, ok, service_account_key, with_tokens

WORDS = {"es": "Cosa", "en": "Thing"}
OAUTH = OAuthRefresh("https://thing.test/token", "THING_ID", "THING_SECRET", "THING_REFRESH")
THREE = {name: Secret(name.lower()) for name in OAUTH.needs}
TODAY = date(2026, 6, 30)


def thing(*auth, **fields):
    return Manifest("thing", WORDS, WORDS, "platform", auth=auth, base="https://thing.test", **fields)


def asked(auth, secrets, platform=None, account=None, home=None):
    """The call that reached the platform."""
    platform = platform or Platform(with_tokens(lambda call: ok({})))
    context = at(platform, secrets, **({"home": home} if home else {}))
    api = open_api(thing(auth), context, account)
    api.json(api.get("/x"))
    return platform.calls[-1]


def test_a_secret_comes_from_the_environment_or_a_file_and_never_shows_itself(tmp_path):
    (tmp_path / "FILE_KEY").write_text("from a file\n")
    settings = read_settings({"SEMAFORO_SECRET_ENV_KEY": "from outside", "SEMAFORO_SECRETS_DIR": str(tmp_path)})
    secrets = Secrets(settings)
    assert (secrets.find("ENV_KEY"), secrets.find("FILE_KEY"), secrets.find("NONE")) == (
        "from outside",
        "from a file",
        None,
    )
    assert "from outside" not in repr(settings)


def test_a_workbooks_own_secret_is_seen_by_no_other(tmp_path):
    (tmp_path / "BOOK").mkdir()
    (tmp_path / "BOOK" / "KEY_CLIENT").write_text("mine")
    settings = Settings(secrets_dir=tmp_path)
    assert Secrets(settings, "BOOK").find("KEY", "client") == "mine"
    assert Secrets(settings, "OTHER").find("KEY", "client") is None
    assert Secrets(settings, "../BOOK").find("KEY", "client") is None


@pytest.mark.parametrize("name", ["../KEY", "key", "A/B", "", "KEY\n"])
def test_a_name_that_is_no_name_finds_nothing(tmp_path, name):
    (tmp_path / "KEY").write_text("x")
    (tmp_path / "key").write_text("x")
    assert Secrets(Settings(secrets_dir=tmp_path / "sub" if name.startswith("..") else tmp_path)).find(name) is None


def test_an_account_never_falls_back_to_the_plain_secret():
    with pytest.raises(BlockedError) as told:
        asked(Bearer("KEY"), {"KEY": Secret("plain")}, account="shop")
    assert told.value.facts["secret"] == "KEY_SHOP"  # noqa: S105  # its name
    assert (
        asked(Bearer("KEY"), {"KEY_SHOP": Secret("s")}, account="shop").private_headers["Authorization"] == "Bearer s"
    )


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        (Bearer("K"), {"Authorization": "Bearer k"}),
        (ApiKey("K", "X-Key"), {"X-Key": "k"}),
        (ApiKey("K", "Authorization", prefix="Token "), {"Authorization": "Token k"}),
        (Basic("K", user="any"), {"Authorization": "Basic YW55Oms="}),
        (Basic("K", user_secret="K"), {"Authorization": "Basic azpr"}),  # noqa: S106  # a name
    ],
)
def test_a_key_goes_where_the_manifest_says(auth, header):
    assert asked(auth, {"K": Secret("k")}).private_headers == header


def test_several_keys_go_together():
    auth = AllOf((ApiKey("K", "key", where="query"), ApiKey("T", "token", where="query"), Bearer("K")))
    call = asked(auth, {"K": Secret("k"), "T": Secret("t")})
    assert call.address == "https://thing.test/x?key=k&token=t"
    assert call.private_headers == {"Authorization": "Bearer k"}
    with pytest.raises(BlockedError) as told:
        asked(auth, {"K": Secret("k")})
    assert told.value.facts["secret"] == "T"  # noqa: S105  # its name


def test_a_key_in_the_query_is_sent_and_not_shown():
    call = asked(ApiKey("K", "key", where="query"), {"K": Secret("hush")})
    assert call.address == "https://thing.test/x?key=hush"
    assert "hush" not in repr(call)


@pytest.mark.parametrize("secret", ["a\r\nX-Evil: 1", "clé", "“pasted”"])
def test_a_secret_that_no_header_can_hold_is_refused_before_anything_is_sent(secret):
    with pytest.raises(BlockedError) as told:
        asked(Bearer("K"), {"K": Secret(secret)})
    assert told.value.code == "bad_secret"


def test_the_first_way_in_whose_secrets_are_there_is_taken():
    platform = Platform(ok({}))
    api = open_api(thing(OAUTH, Bearer("K")), at(platform, {"K": Secret("k")}))
    api.json(api.get("/x"))
    assert platform.calls[0].private_headers == {"Authorization": "Bearer k"}


def test_a_refresh_token_is_changed_once_for_many_calls():
    platform = Platform(with_tokens(lambda call: ok({})))
    secrets = {**THREE, "THING_REFRESH": Secret("one for this test")}
    assert asked(OAUTH, secrets, platform).private_headers["Authorization"] == f"Bearer {TOKEN}"
    asked(OAUTH, secrets, platform)
    assert [asks_for_a_token(call) for call in platform.calls] == [True, False, False]
    assert b"refresh_token=one+for+this+test" in platform.calls[0].body


def test_a_token_that_lapsed_early_is_renewed_once():
    answers = iter([ok({}, 401), ok({"fine": 1})])
    platform = Platform(with_tokens(lambda call: next(answers)))
    asked(OAUTH, {**THREE, "THING_REFRESH": Secret("lapsed")}, platform)
    assert [asks_for_a_token(call) for call in platform.calls] == [True, False, True, False]


def test_a_refresh_token_that_works_once_is_kept_for_the_next_time(tmp_path):
    def answers(call):
        renewed = {"access_token": "a", "expires_in": 0, "refresh_token": f"{call.body.count(b'renewed')}renewed"}
        return ok(renewed) if asks_for_a_token(call) else ok({})

    platform = Platform(answers)
    for _ in range(2):
        asked(OAUTH, {**THREE, "THING_REFRESH": Secret("first")}, platform, home=tmp_path)
    bodies = [call.body for call in platform.calls if asks_for_a_token(call)]
    assert b"refresh_token=first" in bodies[0]
    assert b"refresh_token=0renewed" in bodies[1]
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    asked(OAUTH, {**THREE, "THING_REFRESH": Secret("set anew")}, platform, home=tmp_path)
    assert b"refresh_token=set+anew" in platform.calls[-2].body


@pytest.mark.parametrize("status", [400, 401])
def test_a_refused_refresh_token_is_a_persons_business(status):
    platform = Platform(ok({"error": "invalid_grant", "error_description": TOKEN}, status))
    with pytest.raises(BlockedError) as told:
        asked(OAUTH, {**THREE, "THING_REFRESH": Secret(f"refused {status}")}, platform)
    assert told.value.code == "credential_refused"
    assert TOKEN not in str(told.value)


def test_a_service_account_signs_and_its_token_is_used():
    auth = GoogleServiceAccount(("scope-a",), "SA")
    platform = Platform(with_tokens(lambda call: ok({})))
    call = asked(auth, {"SA": Secret(service_account_key())}, platform)
    assert call.private_headers == {"Authorization": f"Bearer {TOKEN}"}
    assert platform.calls[0].url == "https://oauth2.googleapis.com/token"


@pytest.mark.parametrize("key", ["no json", "{}", '{"type": "service_account"}'])
def test_a_key_file_that_is_none_is_named(key):
    with pytest.raises(BlockedError) as told:
        asked(GoogleServiceAccount(("s",), "SA"), {"SA": Secret(key)})
    assert (told.value.code, told.value.facts["secret"]) == ("bad_secret", "SA")


def test_without_a_key_of_its_own_google_gets_the_one_that_opens_the_workbooks(tmp_path):
    (tmp_path / "key.json").write_text(service_account_key())
    settings = Settings(credentials=tmp_path / "key.json")
    assert "service_account" in str(Secrets(settings).find("GOOGLE_SERVICE_ACCOUNT"))
    assert Secrets(settings).find("GOOGLE_SERVICE_ACCOUNT", "client") is None


def test_the_secret_manager_is_asked_last(tmp_path):
    def answers(call):
        if "secretmanager" not in call.url:
            return ok({})
        found = call.url.endswith("/v1/projects/p/secrets/ONLY_THERE/versions/latest:access")
        return ok({"payload": {"data": "aGVsbG8="}}) if found else ok({}, 404)

    platform = Platform(with_tokens(answers))
    (tmp_path / "key.json").write_text(service_account_key())
    context = at(platform, {}, secrets_project="p", credentials=tmp_path / "key.json")
    api = open_api(thing(Bearer("ONLY_THERE")), context)
    api.json(api.get("/x"))
    assert platform.calls[-1].private_headers == {"Authorization": "Bearer hello"}


@pytest.mark.parametrize(
    ("expires", "code", "severity"),
    [
        ("2026-06-29", "secret_expired", Severity.ERROR),
        ("2026-07-10", "secret_expires_soon", Severity.WARNING),
        ("2026-12-31", None, None),
        ("soon", None, None),
    ],
)
def test_a_credential_near_its_end_is_told_before(expires, code, severity):
    secrets = Secrets(Settings(secrets={"K": Secret("k"), "K_EXPIRES": Secret(expires)}))
    found = lacks(thing(Bearer("K")), secrets, TODAY)
    assert [(lack.code, lack.severity) for lack in found] == ([(code, severity)] if code else [])


@pytest.mark.parametrize(("day", "code"), [(1, "api_version_gone"), (30, "api_version_expires")])
def test_a_version_near_its_end_is_told_before(day, code):
    version = Version("v1", expires=date(2026, 6, day))
    assert [lack.code for lack in lacks(thing(version=version), Secrets(Settings()), TODAY)] == [code]
    later = replace(version, expires=date(2027, 1, 1))
    assert not lacks(thing(version=later), Secrets(Settings()), TODAY)


def test_what_goes_to_a_log_holds_no_secret():
    assert redacted("Authorization: Bearer abc.def and hush-hush", ["hush-hush"]) == "Authorization: Bearer … and …"
