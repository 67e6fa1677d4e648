"""Settings from the environment, each case in a process of its own."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


KEY = "untuk-uji-saja-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"
SERVERS = {"DATABASE_URL": "postgresql://portal:rahasia@db:5432/portal", "REDIS_URL": "redis://redis:6379/0"}
PRODUCTION = SERVERS | {"PORTAL_HTTPS": "1", "PORTAL_HOST": "portal.contoh.test", "SECRET_KEY": KEY,
                        "PORTAL_SMTP": "smtps://portal:rahasia@surel.contoh.test"}  # fmt: skip


def python(arguments: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "p3pd_portal.settings", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def data(tmp_path: Path) -> dict[str, str]:
    """A data folder of its own, whatever the machine's environment says."""
    return {"PORTAL_DATA": str(tmp_path / "data")}


def value(expression: str, environment: dict[str, str]) -> str:
    """Something the settings (`s`) say in this environment."""
    done = python(["-W", "error", "-c", f"from p3pd_portal import settings as s; print(({expression}))"], environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def refusal(environment: dict[str, str]) -> str:
    """Last line of what settings that do not load say."""
    done = python(["-c", "import p3pd_portal.settings"], environment)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1]


def test_production_without_a_key_says_what_to_do(data: dict[str, str]) -> None:
    assert refusal(data | {"PORTAL_HTTPS": "1"}).endswith(
        "PORTAL_HTTPS=1 memerlukan SECRET_KEY: isi dengan 50 karakter acak atau lebih."
    )


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("PORTAL_POOL", "delapan", "PORTAL_POOL='delapan' harus bilangan bulat."),
        ("PORTAL_POOL", "-1", "PORTAL_POOL='-1' harus bilangan bulat."),
        ("PORTAL_HTTPS", "yes", "PORTAL_HTTPS='yes' tidak dikenal; isi 1 atau 0."),
        ("PORTAL_DEBUG", "2", "PORTAL_DEBUG='2' tidak dikenal; isi 1 atau 0."),
        (
            "PORTAL_JAM_TUTUP",
            "jam empat",
            "PORTAL_JAM_TUTUP='jam empat' tidak dikenal; isi jam dan menit, misalnya 16:00.",
        ),
        ("PORTAL_JAM_TUTUP", "25:00", "PORTAL_JAM_TUTUP='25:00' tidak dikenal; isi jam dan menit, misalnya 16:00."),
        ("PORTAL_CONTOH", "on", "PORTAL_CONTOH='on' tidak dikenal; isi 1 atau 0."),
        *(
            (
                "PORTAL_CLAMD",
                text,
                f"PORTAL_CLAMD='{text}' tidak dikenal; isi nama:porta, misalnya clamav:3310, atau /jalur/soket.",
            )
            for text in ("clamav", "clamav:", "http://clamav:3310", "soket/clamd")
        ),
    ],
)
def test_a_value_nobody_understands_is_refused(variable: str, text: str, message: str, data: dict[str, str]) -> None:
    assert refusal(data | {variable: text}).endswith(message)


@pytest.mark.parametrize(
    ("text", "meant"), [("1", True), ("Ya", True), ("true", True), ("0", False), ("tidak", False), ("", False)]
)
def test_yes_and_no_in_the_words_people_write(text: str, meant: bool, data: dict[str, str]) -> None:
    assert value("s.DEBUG", data | {"PORTAL_DEBUG": text}) == str(meant)


@pytest.mark.parametrize(("text", "hour"), [("", "16:00:00"), ("15:00", "15:00:00"), (" 07:30 ", "07:30:00")])
def test_the_closing_hour_is_that_of_the_offices_or_as_set(text: str, hour: str, data: dict[str, str]) -> None:
    assert value("str(s.JAM_TUTUP)", data | {"PORTAL_JAM_TUTUP": text}) == hour


@pytest.mark.parametrize("text", ["", "clamav:3310", "10.0.0.7:3310", "/run/clamav/clamd.ctl"])
def test_the_virus_scanner_has_a_name_and_port_or_a_socket_or_is_none(text: str, data: dict[str, str]) -> None:
    assert value("s.CLAMD", data | {"PORTAL_CLAMD": text}) == text


def test_a_laptop_gets_embedded_servers_and_the_demo(data: dict[str, str]) -> None:
    said = value("s.SERVERS_ARE_EMBEDDED, s.LOAD_DEMO, s.DATABASES['default']['OPTIONS']['host'], s.REDIS_URL", data)
    folder = data["PORTAL_DATA"]
    assert said == f"(True, True, '{folder}/pg', 'unix://{folder}/valkey/v.sock?db=0')"


def test_a_server_of_ones_own_is_used_and_gets_no_demo(data: dict[str, str]) -> None:
    said = value("s.SERVERS_ARE_EMBEDDED, s.LOAD_DEMO, s.DATABASES['default']['HOST'], s.REDIS_URL", data | SERVERS)
    assert said == "(False, False, 'db', 'redis://redis:6379/0')"


def test_the_demo_can_be_asked_for(data: dict[str, str]) -> None:
    assert value("s.LOAD_DEMO", data | SERVERS | {"PORTAL_CONTOH": "1"}) == "True"


@pytest.mark.parametrize(
    ("redis", "broker"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/0"),
        ("unix:///run/v.sock?db=0", "redis+socket:///run/v.sock?virtual_host=0"),
    ],
)
def test_the_broker_is_the_redis_server_in_words_celery_reads(redis: str, broker: str, data: dict[str, str]) -> None:
    assert value("s.CELERY_BROKER_URL", data | {"REDIS_URL": redis}) == broker


@pytest.mark.parametrize(("pool", "kept"), [("0", "(60, False)"), ("8", "(0, True)")])
def test_a_pool_or_a_kept_connection_never_both(pool: str, kept: str, data: dict[str, str]) -> None:
    database = "s.DATABASES['default']['CONN_MAX_AGE'], 'pool' in s.DATABASES['default']['OPTIONS']"
    assert value(database, data | {"PORTAL_POOL": pool}) == kept


def test_the_generated_key_is_private_long_and_stays(data: dict[str, str]) -> None:
    first = value("s.SECRET_KEY", data)
    file = Path(data["PORTAL_DATA"]) / "kunci"
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert value("s.SECRET_KEY", data) == first == file.read_text()


def test_a_given_key_is_used_and_not_written_down(data: dict[str, str]) -> None:
    assert value("s.SECRET_KEY", data | {"SECRET_KEY": KEY}) == KEY
    assert not (Path(data["PORTAL_DATA"]) / "kunci").exists()


def test_hosts_of_a_laptop(data: dict[str, str]) -> None:
    assert value("s.ALLOWED_HOSTS", data) == "['localhost', '127.0.0.1', '[::1]']"


def test_hosts_of_a_server_may_be_written_with_blanks(data: dict[str, str]) -> None:
    """As the TLS proxy wants them written: a comma and a blank."""
    said = value("s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS", data | PRODUCTION | {"PORTAL_HOST": "a.test, b.test"})
    assert said == "(['a.test', 'b.test'], ['https://a.test', 'https://b.test'])"


def test_cookies_travel_over_https_only_in_production(data: dict[str, str]) -> None:
    cookies = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"
    assert value(cookies, data | PRODUCTION) == "(True, True, '__Host-sesi', '__Host-csrf')"
    assert value("hasattr(s, 'SESSION_COOKIE_SECURE')", data) == "False"


SSO = {"PORTAL_OIDC_URL": "https://sso.contoh.test/realms/asn", "PORTAL_OIDC_ID": "portal", "PORTAL_OIDC_SECRET": "x"}


def test_a_portal_has_no_sso_unless_it_is_named(data: dict[str, str]) -> None:
    assert value("s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'], s.OIDC_ORIGIN", data) == "([], [])"


def test_sso_needs_nothing_but_settings(data: dict[str, str]) -> None:
    (app,) = ast.literal_eval(value("s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS']", data | SSO))
    assert (app["name"], app["client_id"], app["secret"]) == ("SSO daerah", "portal", "x")
    assert app["settings"]["server_url"] == SSO["PORTAL_OIDC_URL"]
    form_action = "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][1:]"
    assert value(form_action, data | SSO) == "['https://sso.contoh.test']"


@pytest.mark.parametrize("missing", ["PORTAL_OIDC_ID", "PORTAL_OIDC_SECRET"])
def test_half_an_sso_is_refused(missing: str, data: dict[str, str]) -> None:
    expected = f"PORTAL_OIDC_URL memerlukan {missing}: isi dengan yang diberikan pengelola SSO."
    assert refusal(data | SSO | {missing: ""}).endswith(expected)


def test_production_without_a_mail_server_says_what_to_do(data: dict[str, str]) -> None:
    assert refusal(data | PRODUCTION | {"PORTAL_SMTP": ""}).endswith(
        "PORTAL_HTTPS=1 memerlukan PORTAL_SMTP: isi dengan smtp+starttls://nama:sandi@host."
    )


@pytest.mark.parametrize(
    "text", ["surel.test", "http://a:rahasia@b", "smtps://a:rahasia@b:pintu", "smtps://[::1:rahasia"]
)
def test_a_mail_server_nobody_understands_is_refused_without_repeating_its_password(
    text: str, data: dict[str, str]
) -> None:
    said = refusal(data | {"PORTAL_SMTP": text})
    assert said.endswith("PORTAL_SMTP harus diawali smtp atau smtp+starttls atau smtps, lalu ://nama:sandi@host:porta.")
    assert "rahasia" not in said


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp+starttls://portal%40a.test:s%3A%2F%40@b.test", "('b.test', 587, 'portal@a.test', 's:/@', True, False)"),
        ("smtps://u:p@b.test:2465", "('b.test', 2465, 'u', 'p', False, True)"),
        ("smtp://b.test", "('b.test', 25, '', '', False, False)"),
    ],
)
def test_the_mail_server_in_one_address(text: str, server: str, data: dict[str, str]) -> None:
    parts = "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL"
    assert value(parts, data | {"PORTAL_SMTP": text}) == server


def test_a_laptop_writes_mail_into_files(data: dict[str, str]) -> None:
    said = value("s.EMAIL_BACKEND, s.EMAIL_FILE_PATH.name, s.SITE_URL", data | {"PORTAL_ALAMAT": "127.0.0.1:9"})
    assert said == "('django.core.mail.backends.filebased.EmailBackend', 'surel', 'http://127.0.0.1:9')"


def test_links_in_mails_name_the_first_host_whoever_asks(data: dict[str, str]) -> None:
    assert value("s.SITE_URL", data | PRODUCTION | {"PORTAL_HOST": "a.test, b.test"}) == "https://a.test"


ADDRESS_OF_A_VISITOR = """
import django
django.setup()
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
request = RequestFactory().get("/", REMOTE_ADDR="172.18.0.9", headers={"X-Forwarded-For": "203.0.113.7"})
print(get_adapter().get_client_ip(request))
"""


@pytest.mark.parametrize(("production", "address"), [(True, "203.0.113.7"), (False, "172.18.0.9")])
def test_login_limits_count_visitors_and_not_the_proxy(production: bool, address: str, data: dict[str, str]) -> None:
    """Behind a proxy everybody would share its address, and one attacker could lock out all; without one the
    header is the visitor's own invention."""
    done = python(["-c", ADDRESS_OF_A_VISITOR], data | (PRODUCTION if production else SERVERS | {"SECRET_KEY": KEY}))
    assert done.stdout.strip() == address


def test_django_finds_nothing_to_improve_in_production(data: dict[str, str]) -> None:
    done = python(["-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], data | PRODUCTION)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr
