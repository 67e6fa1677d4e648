"""The files of the production set, read without Docker."""

import fnmatch
import re
import shlex
from typing import Any

import yaml
from django.conf import settings


ROOT = settings.BASE_DIR
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("siapkan", "web", "worker", "beat")
LONG_RUNNING = tuple(name for name in SERVICES if name != "siapkan")


def _instructions() -> list[tuple[str, str]]:
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", "")
    return [(name, text.strip()) for name, _, text in (line.partition(" ") for line in joined.splitlines()) if name]


DOCKERFILE = _instructions()


def docker(name: str) -> list[str]:
    """Arguments of every such instruction of the Dockerfile, in order."""
    return [text for instruction, text in DOCKERFILE if instruction == name]


def web_command() -> list[str]:
    (command,) = docker("CMD")
    return list(yaml.safe_load(command))


def web_health_command() -> list[str]:
    """What the image's health check runs; it is written for a shell."""
    (check,) = docker("HEALTHCHECK")
    return shlex.split(check.partition(" CMD ")[2])


def health_command(service: str) -> list[str]:
    """What a service's health check runs, as words; `$$` is compose's way to write a dollar."""
    kind, *words = SERVICES[service]["healthcheck"]["test"]
    return [word.replace("$$", "$") for word in (shlex.split(words[0]) if kind == "CMD-SHELL" else words)]


def is_sent_to_builder(path: str) -> bool:
    """Whether .dockerignore lets a path through; the last line that fits decides, a folder speaks for its content."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        places = path.split("/") if line.startswith("**/") else [path, path.split("/")[0]]
        if line and not line.startswith("#") and any(fnmatch.fnmatch(place, pattern) for place in places):
            sent = line.startswith("!")
    return sent


def variables(text: str) -> dict[str, str]:
    """Variables a text takes from the environment: name → what follows it (`:-default`, `:?message` or nothing)."""
    return dict(re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", text))
