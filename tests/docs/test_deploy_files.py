"""The files of a deployment: they can be read, they name settings that exist, and they hold what they promise."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from sync.commands.base import COMMANDS
from sync.settings import FROM_FILES, JOBS, PREFIX, TASKS_PROOFS, Settings
from webhook.tasks import REFRESH_PATH, TASK_PATH

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
ALSO = {"create", "semaforo", "createdb"}  # words behind a name of ours in commands of others
FIGURES = ROOT / "sync" / "figures.py"
UNITS = ["semaforo.service", "semaforo-worker@.service"]
FILES = [
    ROOT / "app.yaml",
    ROOT / "cron.yaml",
    *sorted(DEPLOY.iterdir()),
    ROOT / "docs/deploy.md",
    ROOT / "docs/deploy.es.md",
]


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def unit(name: str) -> dict[str, dict[str, list[str]]]:
    """Section -> key -> its values: a unit may say a key several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(section, {}).setdefault(key, []).append(value)
    return found


def known() -> set[str]:
    names = {PREFIX + field.name.upper() for field in fields(Settings) if "prefix" not in field.metadata}
    return names | {f"{PREFIX}{name.upper()}_FILE" for name in FROM_FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8")))
    families = tuple(PREFIX + field.metadata["prefix"] for field in fields(Settings) if "prefix" in field.metadata)
    assert {name for name in named if not name.startswith(families)} <= known()


def test_app_yaml_is_what_app_engine_is_told() -> None:
    app = loaded(ROOT / "app.yaml")
    assert (app["runtime"], app["instance_class"], app["inbound_services"]) == ("python314", "F2", ["warmup"])
    assert all(handler["secure"] == "always" for handler in app["handlers"])
    scaling = app["automatic_scaling"]
    assert (scaling["min_instances"], scaling["max_concurrent_requests"]) == (0, 8)
    assert scaling["max_instances"] <= 3
    for option in ("--workers 1", "--threads 8", "--timeout 0", "--graceful-timeout 25", "webhook.wsgi:app"):
        assert option in app["entrypoint"]


def test_app_yaml_s_choices_are_choices_and_its_secrets_only_references() -> None:
    chosen = loaded(ROOT / "app.yaml")["env_variables"]
    assert chosen["SEMAFORO_JOBS"] in JOBS
    assert chosen["SEMAFORO_TASKS_PROOF"] in TASKS_PROOFS
    assert chosen["SEMAFORO_TASKS_HANDLER"].endswith(TASK_PATH)
    secret = {PREFIX + name.upper() for name in FROM_FILES} & set(chosen)
    assert len(secret) == 3
    assert all(chosen[name].startswith("secret:") for name in secret)


def test_cron_has_one_tick_for_all() -> None:
    (entry,) = loaded(ROOT / "cron.yaml")["cron"]
    assert (entry["url"], entry["schedule"]) == (REFRESH_PATH, "every 5 minutes")
    assert entry["retry_parameters"]["job_retry_limit"] >= 1


def test_compose_migrates_first_and_drops_what_it_does_not_need() -> None:
    services = loaded(DEPLOY / "compose.yaml")["services"]
    for name in ("service", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    for name in ("migrate", "service", "worker"):
        assert services[name]["command"][1] in {*COMMANDS, "serve"}
        assert (services[name]["read_only"], services[name]["cap_drop"]) == (True, ["ALL"])
        assert set(services[name]["secrets"]) <= set(loaded(DEPLOY / "compose.yaml")["secrets"])
    assert services["service"]["ports"] == ["127.0.0.1:8791:8791"]
    assert "ports" not in services["worker"]  # its figures are for those in the same network


def test_the_image_s_process_is_nobody_s_root_and_says_whether_it_lives() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER (?!root)\w+$", text, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*\n.*/healthz", text, re.MULTILINE)
    copied = [part for line in re.findall(r"^COPY (?!--)(.+)$", text, re.MULTILINE) for part in line.split()[:-1]]
    assert all((ROOT / part).exists() for part in copied)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_has_its_walls(name: str) -> None:
    service = unit(name)["Service"]
    walls = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "MemoryMax": "1G", "CapabilityBoundingSet": ""}
    assert {key: service[key] for key in walls} == {key: [value] for key, value in walls.items()}
    denied = service["IPAddressDeny"][0].split()
    assert {"169.254.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"} <= set(denied)
    assert service["Restart"] == ["always"]
    assert service["User"] == ["semaforo"]


def test_the_two_units_have_the_same_walls() -> None:
    one, other = (unit(name)["Service"] for name in UNITS)
    own = {"ExecStart", "ExecStartPre"}
    assert {key: one[key] for key in one if key not in own} == {key: other[key] for key in other if key not in own}


@pytest.mark.parametrize("name", ["deploy.md", "deploy.es.md"])
def test_the_page_names_commands_figures_and_files_that_exist(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert {word for word in re.findall(r"semaforo (\w+)\b", page) if word in page} - ALSO <= {*COMMANDS, "serve"}
    source = "".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "webhook").glob("*.py"), FIGURES])
    figures = set(re.findall(r"`(semaforo_\w+?)(?:_total)?`", page))
    assert len(figures) == 8
    assert all(figure in source for figure in figures)
    assert all((ROOT / path).exists() for path in re.findall(r"docs/deploy/[\w.@-]+\w", page))


def test_both_pages_have_the_same_commands() -> None:
    """What is typed is the same in both languages, comments aside."""
    one, other = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("deploy.md", "deploy.es.md"))
    typed = [re.findall(r"^ {4,7}(\S.*?)(?:\s{2,}#.*)?$", page, re.MULTILINE) for page in (one, other)]
    shell = [
        [line for line in lines if re.match(r"(gcloud|sudo|semaforo|make|for|openssl|--)", line)] for lines in typed
    ]
    assert shell[0] == shell[1]
    assert len(shell[0]) > 30
