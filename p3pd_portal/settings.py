"""Settings of the portal, all from the environment (.env.example lists every variable).

Without DATABASE_URL and REDIS_URL the addresses are those of the embedded servers; see lib/embedded.py.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from p3pd_portal.lib import embedded


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = embedded.default_data()


def env_bool(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "0", "1", "true", "false", "ya", "tidak"):
        return value in ("1", "true", "ya") if value else default
    raise ImproperlyConfigured(f"{name}={value!r} tidak dikenal; isi 1 atau 0.")


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if value and not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r} harus bilangan bulat.")
    return int(value) if value else default


def secret_key() -> str:
    """SECRET_KEY, or for a laptop a random one that is made once and kept in the data folder."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if HTTPS:
        raise ImproperlyConfigured("PORTAL_HTTPS=1 memerlukan SECRET_KEY: isi dengan 50 karakter acak atau lebih.")
    file = DATA_DIR / "kunci"
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        draft = DATA_DIR / f"kunci.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, file)  # whole or not at all, and the first of two programs wins
        draft.unlink()
    return file.read_text()


# Server and addresses

HTTPS = env_bool("PORTAL_HTTPS")
DEBUG = env_bool("PORTAL_DEBUG")
SECRET_KEY = secret_key()
HOSTS = os.environ.get("PORTAL_HOST") or "localhost, 127.0.0.1, [::1]"
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
LISTEN = os.environ.get("PORTAL_ALAMAT", "127.0.0.1:8000")
ROOT_URLCONF = "p3pd_portal.urls"
WSGI_APPLICATION = "p3pd_portal.wsgi.application"
SERVERS_ARE_EMBEDDED = not os.environ.get("DATABASE_URL")
LOAD_DEMO = env_bool("PORTAL_CONTOH", default=SERVERS_ARE_EMBEDDED)

INSTALLED_APPS = [
    "p3pd_portal",
    "kecamatan",
    "layanan_dasar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# Database. The pool lives in threads and does not survive a fork, so only the web server asks for one.

POOL = env_int("PORTAL_POOL", 0)
_database = dj_database_url.parse(
    os.environ.get("DATABASE_URL") or embedded.database_url(DATA_DIR),
    conn_max_age=0 if POOL else 60,
    conn_health_checks=not POOL,
)
_database.setdefault("OPTIONS", {}).update(
    {"connect_timeout": 5} | ({"pool": {"min_size": 1, "max_size": POOL, "timeout": 10}} if POOL else {})
)
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Login limits and used TOTP codes live in the cache: in the database, because the broker may be lost at any moment.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

# People

AUTH_USER_MODEL = "kecamatan.Pengguna"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dasbor:mulai"
ACCOUNT_ADAPTER = "kecamatan.adapters.AkunAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "kecamatan.forms.MasukForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "dasbor:beranda"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_FORMS = {"authenticate": "kecamatan.forms.KodeForm"}
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_TOLERANCE = 1  # codes of the half minute before and after: phone clocks differ
MFA_TOTP_ISSUER = "Dashboard Kecamatan"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Browser security. `check --deploy` is clean with PORTAL_HTTPS=1.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: form images of Bootstrap, download of a plotly chart
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": []}
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # login limits count the visitor's address, not the proxy's
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^sehat/"]  # the container's own health check speaks plain HTTP
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesi", "__Host-csrf"

# Language, time, files

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("PORTAL_STATIC") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PORTAL_LOG", "INFO")},
}

# Background work

REDIS_URL = os.environ.get("REDIS_URL") or embedded.redis_url(DATA_DIR)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 5}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE = {
    "hapus-pratinjau-lama": {"task": "kecamatan.tasks.hapus_pratinjau_lama", "schedule": crontab("0", "2")},
    "rebuild-kualitas-belanja": {"task": "layanan_dasar.tasks.rebuild_kualitas_belanja", "schedule": crontab("0", "1")},
}
