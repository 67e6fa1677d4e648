"""The production set agrees with the code and with itself. Whether it runs: test_deploy_run.py."""

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.test import Client, override_settings
from django.urls import resolve
from django.utils.module_loading import import_string

from p3pd_portal import sehat
from p3pd_portal.celery import app as celery_app
from p3pd_portal.lib.spreadsheet import MB, WEB
from tests.p3pd_portal.produksi import (
    COMPOSE,
    LONG_RUNNING,
    OURS,
    ROOT,
    SERVICES,
    docker,
    health_command,
    is_sent_to_builder,
    variables,
    web_command,
    web_health_command,
)


ENV_EXAMPLE = (ROOT / ".env.example").read_text()
EXPLAINED = set(re.findall(r"^(\w+)=", ENV_EXAMPLE, re.MULTILINE))
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
CADDYFILE = re.sub(r"^\s*#.*$", "", (ROOT / "deploy" / "Caddyfile").read_text(), flags=re.MULTILINE)


def code() -> str:
    """Everything of ours that may read the environment; the tests beside this one only set it."""
    files = [*(ROOT / "p3pd_portal").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "portal"]
    return "\n".join(file.read_text() for file in files if Path(__file__).parent not in file.parents)


def variables_of_the_code() -> set[str]:
    return set(re.findall(r"\b(PORTAL_[A-Z_]+|SECRET_KEY|DATABASE_URL|REDIS_URL)\b", code()))


# Services


def test_the_services() -> None:
    assert set(SERVICES) == {*OURS, "db", "redis", "clamav", "proxy"}


def test_one_image_that_is_built_once() -> None:
    assert {SERVICES[name]["image"] for name in OURS} == {"dashboard-kecamatan"}
    assert [name for name in SERVICES if "build" in SERVICES[name]] == ["siapkan"]
    assert {SERVICES[name]["pull_policy"] for name in OURS} == {"build", "never"}


def test_no_image_names_a_registry() -> None:
    images = [docker("FROM")[0], *(service["image"] for service in SERVICES.values())]
    assert [image for image in images if "/" in image and re.search(r"[.:]|localhost", image.split("/")[0])] == []


def test_ours_run_without_rights() -> None:
    (number,) = docker("USER")
    assert f"useradd --system --uid {number} --no-create-home --shell /usr/sbin/nologin portal" in docker("RUN")[0]
    assert int(number) > 0
    for name in OURS:
        service = SERVICES[name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {"user", "privileged", "cap_add"}.isdisjoint(service)


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_a_long_running_service_restarts_and_says_how_it_is(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert web_health_command() if name == "web" else health_command(name)
    assert not service.get("healthcheck", {}).get("disable")


def test_siapkan_ends_and_stays_ended() -> None:
    assert "restart" not in SERVICES["siapkan"]
    assert SERVICES["siapkan"]["healthcheck"] == {"disable": True}
    assert SERVICES["siapkan"]["depends_on"] == {"db": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_others_wait_for_siapkan(name: str) -> None:
    assert SERVICES[name]["depends_on"]["siapkan"] == {"condition": "service_completed_successfully"}


def test_the_virus_scanner_starts_only_where_it_is_asked_for() -> None:
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {"clamav"}
    assert [name for name, service in SERVICES.items() if "clamav" in service.get("depends_on", ())] == []
    assert {SERVICES[name]["environment"]["PORTAL_CLAMD"] for name in OURS} == {"${PORTAL_CLAMD:-}"}


def test_only_the_proxy_is_reached_from_outside() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"proxy": ["80:80", "443:443", "443:443/udp"]}
    assert [name for name, service in SERVICES.items() if "network_mode" in service] == []


def test_every_named_volume_is_declared_and_used() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", ())]
    assert sorted({mount.split(":")[0] for mount in mounts if mount[0] != "."}) == sorted(COMPOSE["volumes"])
    assert SERVICES["db"]["volumes"] == ["basis-data:/var/lib/postgresql"]  # where version 18 keeps its data


def test_beat_may_write_its_schedule() -> None:
    command = SERVICES["beat"]["command"]
    folder = str(Path(command[command.index("--schedule") + 1]).parent)
    assert SERVICES["beat"]["volumes"] == [f"jadwal:{folder}"]
    assert f"install --directory --owner portal {folder}" in docker("RUN")[0]


# Variables


def test_every_variable_of_compose_is_explained_and_has_a_default_or_a_message() -> None:
    found = variables(COMPOSE_TEXT)
    assert set(found) - EXPLAINED == set()
    assert [name for name, rest in found.items() if not re.match(r":-[\w:]*$|:\?isi di \.env dengan \w+", rest)] == []


def test_every_explained_variable_is_read() -> None:
    assert EXPLAINED - variables_of_the_code() - set(variables(COMPOSE_TEXT)) == set()


def test_every_variable_of_the_code_is_explained() -> None:
    assert variables_of_the_code() - EXPLAINED == set()


@pytest.mark.parametrize("name", OURS)
def test_our_services_get_only_variables_the_code_reads(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= variables_of_the_code()


def test_our_services_are_told_of_the_database_the_broker_and_https() -> None:
    for name in OURS:
        environment = SERVICES[name]["environment"]
        assert re.fullmatch(r"postgresql://portal:\$\{.+\}@db:5432/portal", environment["DATABASE_URL"])
        assert environment["REDIS_URL"] == "redis://redis:6379/0"
        assert environment["PORTAL_HTTPS"] == "1"


def test_no_secret_is_baked_into_the_image() -> None:
    assert [text for text in docker("ENV") + docker("ARG") if re.search("SECRET|PASSWORD|URL", text)] == []
    assert all(SERVICES[name]["environment"]["SECRET_KEY"].startswith("${SECRET_KEY:?") for name in OURS)


# Commands


def test_the_web_server_and_its_application_exist() -> None:
    python, dash_m, module, *options, application = web_command()
    assert (python, dash_m, module, application) == ("python", "-m", "granian", "p3pd_portal.wsgi:application")
    assert options[:6] == ["--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000"]
    importlib.import_module(module)
    assert callable(import_string(application.replace(":", ".")))


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_the_celery_commands_exist(name: str) -> None:
    program, dash_app, module, command, *_ = SERVICES[name]["command"]
    assert (program, dash_app, command) == ("celery", "--app", name)
    assert importlib.metadata.entry_points(group="console_scripts", name=program)
    assert import_string(f"{module}.celery.app") is celery_app


def test_siapkan_is_a_command_of_manage_py() -> None:
    python, manage, command = SERVICES["siapkan"]["command"]
    assert (python, command in get_commands(), (ROOT / manage).exists()) == ("python", True, True)


def test_every_scheduled_task_is_one_the_worker_knows() -> None:
    celery_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    assert scheduled
    assert scheduled - set(celery_app.tasks) == set()


def test_static_files_are_collected_with_the_values_of_the_build(tmp_path: Path) -> None:
    """A dry run: the settings accept the values, and no database is asked."""
    *_, command = docker("RUN")
    words = command.split()
    given = dict(word.split("=", 1) for word in words if "=" in word)
    assert set(given) == {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"}
    manage = words[len(given) + 1 :]
    assert manage == ["manage.py", "collectstatic", "--no-input"]
    environment = {"PATH": os.environ["PATH"], "PORTAL_STATIC": str(tmp_path), "PORTAL_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, *manage, "--dry-run"], cwd=ROOT, env=environment | given, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


# Health check


def test_the_health_check_asks_the_view_that_needs_nothing() -> None:
    (url,) = re.findall(r"'GET', '([^']+)'", " ".join(web_health_command()))
    assert resolve(url).func is sehat.hidup


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=[r"^sehat/"])
def test_it_is_answered_over_plain_http_while_pages_are_sent_to_https() -> None:
    client = Client()
    assert client.get("/sehat/").status_code == 200
    assert client.get("/masuk/").status_code == 301


# What goes into the image


def test_what_the_dockerfile_copies_exists() -> None:
    assert docker("COPY") == ["requirements.txt .", ". ."]
    sent = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert [name for name in sent if not (ROOT / name).exists()] == []
    assert "--require-hashes --no-deps --only-binary :all: -r requirements.txt" in " ".join(docker("RUN"))


def test_everything_the_portal_needs_is_copied() -> None:
    apps = {name.split(".")[0] for name in settings.INSTALLED_APPS if (ROOT / name.split(".")[0]).is_dir()}
    folders = [*settings.STATICFILES_DIRS, *settings.TEMPLATES[0]["DIRS"], ROOT / "fixtures"]
    needed = ["manage.py", "requirements.txt", *apps, *(folder.name for folder in folders)]
    assert [name for name in needed if not is_sent_to_builder(name)] == []
    assert is_sent_to_builder("p3pd_portal/lib/embedded.py")


@pytest.mark.parametrize(
    "path",
    [".git/config", ".data/kunci", ".venv/bin/python", ".env", "tests/conftest.py", "kecamatan/__pycache__/x.pyc"],
)
def test_secrets_data_and_tests_stay_out(path: str) -> None:
    assert not is_sent_to_builder(path)


# Proxy


def test_the_proxy_hands_everything_to_web_and_serves_nothing_else() -> None:
    (target,) = re.findall(r"reverse_proxy (\S+)", CADDYFILE)
    command = web_command()
    assert target == f"web:{command[command.index('--port') + 1]}"
    assert docker("EXPOSE") == [target.split(":")[1]]
    assert re.findall(r"^\t(\w+)", CADDYFILE, re.MULTILINE) == ["request_body", "reverse_proxy"]


def test_the_proxy_answers_to_the_hosts_of_the_portal() -> None:
    (site,) = re.findall(r"^\{\$(\w+)\} \{$", CADDYFILE, re.MULTILINE)
    assert SERVICES["proxy"]["environment"][site] == SERVICES["web"]["environment"][site]
    assert "./deploy:/etc/caddy:ro" in SERVICES["proxy"]["volumes"]


def test_the_proxy_lets_the_largest_file_through() -> None:
    (size,) = re.findall(r"max_size (\d+)MB", CADDYFILE)
    assert int(size) * 1_000_000 > max(WEB.csv_bytes, WEB.xlsx_bytes)
    assert int(size) < 2 * WEB.csv_bytes / MB
