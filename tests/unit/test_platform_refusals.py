"""What platforms say instead of an answer, in the shapes that they were seen to send, and what the owner is told."""

from datetime import date

import pytest

from sync.model import MeasureKind
from sync.settings import Secret
from sync.sources import fetch_all
from sync.sources.registry import load
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, service_account_key, text, with_tokens
from tests.source_builders import failure, kpi, snapshot


def refused(kind, metric, answer):
    """The failure of a KPI whose platform gives this answer to every question but that for an access token."""
    manifest = load(kind).manifest
    place = f": {manifest.place.example}" if manifest.place else ""
    needed = [f"{p.name}={p.example}" for p in manifest.parameters if p.column == "filter" and p.required]
    about = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW}
    row = kpi(kind + place, metric, filter="; ".join(needed), **about)
    platform = Platform(with_tokens(lambda call: answer))
    return failure(fetch_all([row], snapshot(), at(platform, secrets_for(kind)))["k1"])


def graph(code, message):
    return ok({"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}}, 400)


def google(status, *reasons):
    return ok(
        {"error": {"code": status, "message": "…", "details": [{"reason": reason} for reason in reasons]}}, status
    )


def google_ads(status, reason):
    told = {"errorCode": {"authorizationError": reason}, "message": "…"}
    return ok([{"error": {"code": status, "message": "…", "details": [{"errors": [told]}]}}], status)


PLAUSIBLE = "plausible", "visits"
MATOMO = "matomo", "nb_visits"
PAGE = "facebook_page", "page_media_view"
TRELLO = "trello", "cards.in_list"
ASANA = "asana", "tasks.done"
X = "x", "user.public_metrics.followers_count"
HUBSPOT = "hubspot", "contacts.created"
SEARCH = "search_console", "clicks"
YOUTUBE = "youtube", "statistics.subscriberCount"
ADS = "google_ads", "metrics.clicks"


@pytest.mark.parametrize(
    ("asked", "answer", "code", "blocked"),
    [
        (
            PLAUSIBLE,
            ok({"error": "Invalid API key or site ID. Please make sure you use a valid key."}, 401),
            *("credential_or_place", True),
        ),
        (MATOMO, ok({"result": "error", "message": "It needs 'view' for website id = 7."}), "permission_missing", True),
        (MATOMO, ok({"result": "error", "message": "Unable to authenticate with it."}), "credential_refused", True),
        (MATOMO, ok({"result": "error", "message": "Date or period is wrong."}), "request_refused", False),
        (TRELLO, text("invalid id", 400, "text/plain"), "thing_not_found", False),
        (TRELLO, text("unauthorized permission requested", 401, "text/plain"), "permission_missing", True),
        (TRELLO, text("invalid app token", 401, "text/plain"), "credential_refused", True),
        (ASANA, ok({"errors": [{"message": "project: Not a recognized ID: 12"}]}, 400), "thing_not_found", False),
        (X, ok({"title": "Client Forbidden", "reason": "client-not-enrolled"}, 403), "plan_lacks", True),
        (
            X,
            ok({"errors": [{"type": "https://api.twitter.com/2/problems/not-authorized-for-resource"}]}),
            *("permission_missing", True),
        ),
        (HUBSPOT, ok({"status": "error", "message": "The OAuth token expired."}, 401), "credential_refused", True),
        (HUBSPOT, ok({"status": "error", "errorType": "RATE_LIMIT"}, 429), "quota_reached", True),
        (HUBSPOT, text("<html>Not found</html>", 404), "api_version_gone", False),
        (PAGE, graph(100, "Object with ID '12' does not exist, or can't be loaded"), "thing_not_found", False),
        (PAGE, graph(100, "It needs the 'Page Public Content Access' feature"), "permission_missing", True),
        (PAGE, graph(100, "The value must be a valid insights metric"), "request_refused", False),
        (SEARCH, google(403, "SERVICE_DISABLED"), "interface_off", True),
        (SEARCH, google(403, "forbidden"), "permission_or_place", True),
        (SEARCH, google(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), "permission_missing", True),
        (YOUTUBE, google(400, "API_KEY_INVALID"), "credential_refused", True),
        (ADS, google_ads(403, "DEVELOPER_TOKEN_NOT_APPROVED"), "not_approved_yet", True),
        (ADS, google_ads(403, "CUSTOMER_NOT_ENABLED"), "thing_not_found", False),
        (ADS, google_ads(401, "CUSTOMER_NOT_FOUND"), "thing_not_found", False),
        (ADS, google_ads(403, "USER_PERMISSION_DENIED"), "permission_or_place", True),
    ],
)
def test_a_refusal_is_told_for_what_it_is(asked, answer, code, blocked):
    found = refused(*asked, answer)
    assert (found.code, found.blocked) == (code, blocked)


def test_what_is_not_found_is_named_as_the_owner_wrote_it():
    found = refused("mailchimp", "emails_sent", ok({"title": "Resource Not Found"}, 404))
    place = load("mailchimp").manifest.place.example
    assert (found.code, found.facts["what"]) == ("thing_not_found", place)


def test_what_a_failing_server_says_of_the_question_is_no_judgement():
    found = refused(*PAGE, ok({"error": {"message": "…", "code": 190}}, 500))
    assert (found.code, found.blocked) == ("source_busy", False)


def test_a_key_is_not_refused_where_google_itself_fails(monkeypatch):
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda seconds: None)
    platform = Platform(ok({"error": "internal_failure", "error_description": "Backend Error"}, 500))
    key = Secret(service_account_key("https://oauth2.googleapis.com/token?asked=first"))  # no token is known of it
    row = kpi("search_console: sc-domain:example.org", "clicks", start=date(2026, 6, 1))
    found = failure(fetch_all([row], snapshot(), at(platform, {"GOOGLE_SERVICE_ACCOUNT": key}))["k1"])
    assert all(asks_for_a_token(call) for call in platform.calls)
    assert (found.code, found.blocked) == ("source_busy", False)


def test_a_wait_of_two_point_nought_seconds_is_waited():
    platform = Platform([text("", 429, Retry_After="2.0"), ok({"results": []})])
    fetch_all([kpi("plausible: example.org", "visits")], snapshot(), at(platform, secrets_for("plausible")))
    assert len(platform.calls) == 2
    assert platform.waits[0] >= 2.0
