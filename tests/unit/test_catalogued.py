"""Which catalogue metric a KPI measures, and the rules that follow from it."""

from datetime import date
from typing import Any

import pytest

from sheet_templates.words import LANGUAGES, say
from sync.catalogued import is_vanity, metric_of
from sync.engine import check_all
from sync.model import Issue, Severity
from sync.parse import parse
from tests.builders import TODAY, kpi_row, snapshot
from tests.judgement_builders import a_kpi


def found(**fields: Any) -> str | None:
    metric = metric_of(a_kpi(**{"name": "KPI", **fields}))
    return metric and f"{metric.platform}.{metric.name}"


@pytest.mark.parametrize(
    ("fields", "metric"),
    [
        ({"source": "csv:instagram.csv", "metric": "impressions"}, "instagram.impressions"),
        ({"name": "Impresiones en Instagram"}, "instagram.impressions"),
        ({"metric": "Me gusta", "filter": "canal=instagram"}, "instagram.likes"),
        ({"metric": "comentarios", "statement": "Más comentarios en LinkedIn"}, "linkedin.commentCount"),
        ({"name": "Sesiones mensuales (GA4)"}, "ga4.sessions"),
        ({"name": "Facebook", "metric": "page_fans"}, "facebook_page.page_fans"),
        ({"name": "Impressions of our Facebook ads", "metric": "impressions"}, "meta_ads.impressions"),
        ({"metric": "columna B", "name": "YouTube views"}, "youtube.views"),
    ],
)  # fmt: skip
def test_a_plain_metric_of_a_plain_platform_is_known(fields: dict[str, Any], metric: str) -> None:
    assert found(**fields) == metric


@pytest.mark.parametrize(
    "fields",
    [
        {"metric": "impresiones"},  # of what?
        {"metric": "impresiones", "name": "Instagram y Facebook"},  # of both?
        {"name": "Impresiones por publicación en Instagram"},
        {"source": "csv:instagram.csv", "metric": "engagements / impressions"},
        {"source": "csv:instagram.csv", "metric": "engagement"},  # a word for many things
        {"metric": "impressions", "name": "Instagram paid reach"},  # its advertising counts apart
        {"name": "Insignias entregadas", "metric": "vistas"},  # "insta" within a word is no Instagram
        {"name": "Nuevos clientes"},
    ],
)
def test_a_doubt_means_no_metric(fields: dict[str, Any]) -> None:
    assert found(**fields) is None


def test_vanity_is_said_of_a_known_metric_only() -> None:
    assert is_vanity(a_kpi(name="Me gusta en Instagram"))
    assert not is_vanity(a_kpi(name="Guardados en Instagram"))
    assert not is_vanity(a_kpi(name="Me gusta"))


def told(*rows: dict[str, Any]) -> list[Issue]:
    plan = snapshot([kpi_row(**{"id": f"K-{n}", **row}) for n, row in enumerate(rows)])
    _, issues = check_all(plan, parse(plan, lambda: "K-X"), TODAY)
    return [issue for issue in issues if issue.severity is not Severity.HINT]


WITHDRAWN = {"name": "Impresiones en Instagram", "metric": "impresiones", "unit": "veces"}
LIKES = {"name": "Me gusta en Instagram", "metric": "me gusta"}
LEADS = {"name": "Contactos nuevos", "metric": "contactos"}


def test_a_withdrawn_metric_is_told_with_its_replacement() -> None:
    issue = next(issue for issue in told(WITHDRAWN, LEADS))
    assert issue.code == "relevant.withdrawn_metric"
    text = say("issues", issue.code, "es_ES", issue.facts)
    assert text == "Instagram ya no da «impressions» (desde 21 abr 2025). Mide en su lugar «views»."


def test_a_withdrawn_metric_without_a_successor_says_so() -> None:
    codes = [issue.code for issue in told({"name": "Instagram", "metric": "website_clicks"}, LEADS)]
    assert codes == ["relevant.withdrawn_without_successor"]


def test_a_plan_that_was_over_before_the_withdrawal_is_left_alone() -> None:
    assert told({**WITHDRAWN, "start": date(2024, 1, 1), "due": date(2024, 12, 31)}, LEADS) == []


def test_a_vanity_metric_alone_under_its_objective_is_told() -> None:
    (issue,) = told(LIKES)
    assert (issue.code, issue.cell and issue.cell.column) == ("relevant.vanity_alone", "metric")
    assert all(say("issues", issue.code, language, issue.facts) for language in LANGUAGES)


def test_two_vanity_metrics_keep_each_other_no_company() -> None:
    reach = {"name": "Seguidores en Instagram", "metric": "seguidores"}
    assert [issue.code for issue in told(LIKES, reach)] == ["relevant.vanity_alone"] * 2


def test_beside_a_sound_metric_a_vanity_metric_is_fine() -> None:
    assert told(LIKES, LEADS) == []


def test_a_paused_kpi_is_no_company() -> None:
    codes = [issue.code for issue in told(LIKES, {**LEADS, "active": "No"})]
    assert codes == ["relevant.vanity_alone"]


def test_another_objective_is_no_company() -> None:
    rows = [{"id": "K-1", **LIKES}, {"id": "K-2", **LEADS, "objective": "Vender"}]
    plan = snapshot([kpi_row(**row) for row in rows], objectives=[{"name": "Crecer"}, {"name": "Vender"}])
    _, issues = check_all(plan, parse(plan, lambda: "K-X"), TODAY)
    found = [(issue.kpi_id, issue.code) for issue in issues if issue.severity is not Severity.HINT]
    assert found == [("K-1", "relevant.vanity_alone")]


def test_distinct_people_are_not_to_be_summed() -> None:
    reach = {"name": "Alcance en Instagram", "metric": "alcance", "unit": "cuentas", "measure_kind": "Flujo"}
    assert "measurable.not_additive" in [issue.code for issue in told(reach, LEADS)]
    assert "measurable.not_additive" not in [issue.code for issue in told({**reach, "measure_kind": "Nivel"}, LEADS)]
