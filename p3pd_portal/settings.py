"""Settings of the portal, all from the environment (.env.example lists every variable).

Without DATABASE_URL and REDIS_URL the addresses are those of the embedded servers; see lib/embedded.py.
"""

import datetime
import os
import re
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


def env_time(name: str, default: str) -> datetime.time:
    value = os.environ.get(name, "").strip() or default
    try:
        return datetime.datetime.strptime(value, "%H:%M").time()
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} tidak dikenal; isi jam dan menit, misalnya 16:00.") from None


def env_server(name: str) -> str:
    """Address of a server on this network: name and port, or the path of its socket; empty for none."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"/\S+|[\w.-]+:\d{1,5}", value):
        example = "isi nama:porta, misalnya clamav:3310, atau /jalur/soket"
        raise ImproperlyConfigured(f"{name}={value!r} tidak dikenal; {example}.")
    return value


def env_required(name: str) -> str:
    """A variable that another one makes necessary."""
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(f"PORTAL_OIDC_URL memerlukan {name}: isi dengan yang diberikan pengelola SSO.")


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
SECRET_KEY_FALLBACKS = [key.strip() for key in (os.environ.get("PORTAL_KUNCI_LAMA") or "").split(",") if key.strip()]
HOSTS = os.environ.get("PORTAL_HOST") or "localhost, 127.0.0.1, [::1]"
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
LISTEN = os.environ.get("PORTAL_ALAMAT", "127.0.0.1:8000")
SITE_URL = f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{LISTEN}"  # of links in e-mails; never from a request
ROOT_URLCONF = "p3pd_portal.urls"
WSGI_APPLICATION = "p3pd_portal.wsgi.application"
SERVERS_ARE_EMBEDDED = not os.environ.get("DATABASE_URL")
LOAD_DEMO = env_bool("PORTAL_CONTOH", default=SERVERS_ARE_EMBEDDED)

INSTALLED_APPS = [
    "p3pd_portal",
    "kecamatan",
    "layanan_dasar",
    "pengaduan",
    "pelatihan",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "import_export",
    "pgtrigger",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "p3pd_portal.lib.permintaan.PermintaanMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pengaduan.middleware.Open311Middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kecamatan.middleware.BatasSesiMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kecamatan.middleware.WajibMfaMiddleware",
    "axes.middleware.AxesMiddleware",
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

# Database. The pool lives in threads and does not survive a fork, so only the web server asks for one. A connection is
# tried before it is used: while the database starts again, visitors wait for it instead of reading of an error.

POOL = env_int("PORTAL_POOL", 0)
_database = dj_database_url.parse(
    os.environ.get("DATABASE_URL") or embedded.database_url(DATA_DIR),
    conn_max_age=0 if POOL else 60,
    conn_health_checks=True,
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
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked account is not even looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Length and a list of common passwords; no rules of composition, no change on a calendar (NIST SP 800-63B).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dasbor:mulai"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # invitations too
ACCOUNT_ADAPTER = "kecamatan.adapters.AkunAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail after every change of password or second factor
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a typed address of somebody else gets no mail from us
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "kecamatan.forms.MasukForm",
    "reset_password": "kecamatan.forms.LupaSandiForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "dasbor:beranda"
# Passwords are counted by axes, so `login_failed` is left to the second factor. 30 failures of one address in a
# quarter of an hour are somebody who tries many accounts; fewer may be an office behind one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "sandi_salah": "30/15m/ip"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None

# Lock-out after five wrong passwords, for a quarter of an hour, counted for the account. In the database; what is
# kept names neither password nor address book: see AXES_SENSITIVE_PARAMETERS.
AXES_CLIENT_IP_CALLABLE = "kecamatan.adapters.alamat_pengunjung"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_DISABLE_ACCESS_LOG = True
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_CALLABLE = "kecamatan.adapters.halaman_terkunci"
AXES_LOCKOUT_PARAMETERS = ["username", ["username", "ip_address"]]  # the second never bites; it tells axes we thought
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # nobody is kept out for ever by somebody who goes on trying
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["csrfmiddlewaretoken", "email", "ip_address", "login", "next", "username"]
AXES_USERNAME_FORM_FIELD = "email"
AXES_VERBOSE = False

MFA_ADAPTER = "kecamatan.adapters.MfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: an administrator vouches for the address
MFA_FORMS = {
    "activate_totp": "kecamatan.forms.PasangKodeForm",
    "authenticate": "kecamatan.forms.KodeForm",
    "reauthenticate": "kecamatan.forms.KodeUlangForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # codes of the half minute before and after: phone clocks differ
MFA_TOTP_ISSUER = "Dashboard Kecamatan"

# A session ends after half an hour without a request, and in any case after a working day (see BatasSesiMiddleware).
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESI_PALING_LAMA = timedelta(hours=8)

# Single sign-on of a daerah (Keycloak or any other OpenID Connect server). It opens the account an administrator made,
# found by NIP or by the verified e-mail address; it makes no account and gives no role.
OIDC_URL = os.environ.get("PORTAL_OIDC_URL", "")
OIDC_ORIGIN = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else []
SOCIALACCOUNT_ADAPTER = "kecamatan.adapters.SsoAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "daerah",
                "name": os.environ.get("PORTAL_OIDC_NAMA") or "SSO daerah",
                "client_id": env_required("PORTAL_OIDC_ID"),
                "secret": env_required("PORTAL_OIDC_SECRET"),
                "settings": {"server_url": OIDC_URL, "oauth_pkce_enabled": True},
            }
        ]
        if OIDC_URL
        else []
    }
}

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
        "form-action": [SELF, *OIDC_ORIGIN],  # a login by SSO is a form that leads there
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": ["self"], "microphone": [], "payment": []}
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
# What arrives at or after this local hour counts as of the next working day. Perpres 21/2023: 07.30–16.00.
JAM_TUTUP = env_time("PORTAL_JAM_TUTUP", "16:00")
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("PORTAL_STATIC") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["p3pd_portal.lib.unggahan.DiMemori"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {nomor} {name}: {message}", "style": "{"}},
    "filters": {name: {"()": f"p3pd_portal.lib.permintaan.{name}Filter"} for name in ("Nomor", "TanpaIsi")},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["Nomor", "TanpaIsi"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("PORTAL_LOG", "INFO")},
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "fontTools")},  # a line for every step of a letter
}

# E-mail. A laptop writes it into files, to be read there; a server needs a real mail server.

SMTP_SCHEMES = {"smtp": (25, False, False), "smtp+starttls": (587, True, False), "smtps": (465, False, True)}
EMAIL_TIMEOUT = 5  # a mail server that hangs does not hold up whoever changed a password
EMAIL_FILE_PATH = DATA_DIR / "surel"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("PORTAL_SUREL") or "Dashboard Kecamatan <portal@localhost>"
if smtp := os.environ.get("PORTAL_SMTP"):
    try:
        _smtp = urlsplit(smtp)
        _port, EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_SCHEMES[_smtp.scheme]
        EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "localhost", _smtp.port or _port
    except (KeyError, ValueError):
        schemes = " atau ".join(SMTP_SCHEMES)  # the cause is left out: it quotes the value, which holds a password
        raise ImproperlyConfigured(f"PORTAL_SMTP harus diawali {schemes}, lalu ://nama:sandi@host:porta.") from None
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif HTTPS:
    raise ImproperlyConfigured("PORTAL_HTTPS=1 memerlukan PORTAL_SMTP: isi dengan smtp+starttls://nama:sandi@host.")
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

# What the text of an e-mail needs when it is sent: template → function of the row in the outbox that returns it.
# Links with a token are made there, so that they stand in the mail alone.
SUREL_KONTEKS = {
    **{f"{apa}_pelapor": f"pengaduan.queries.surel.konteks_{apa}" for apa in ("kabar", "konfirmasi")},
    "pantau_rtl": "pelatihan.queries.rtl.konteks_pantau",
    **dict.fromkeys(("notifikasi", "ringkasan"), "kecamatan.queries.notifikasi.konteks_surel"),
    **dict.fromkeys(("sandi", "undangan"), "kecamatan.queries.surel.konteks_sandi"),
    **{f"usulan_{n}": "pelatihan.queries.surel.konteks" for n in ("undangan", "kode", "kembali", "peserta", "hasil")},
}
# Where one to somebody without an account goes: template → function that returns the address, or "" when it is gone.
SUREL_ALAMAT = {f"{apa}_pelapor": f"pengaduan.queries.surel.alamat_{apa}" for apa in ("kabar", "konfirmasi")}
SUREL_ALAMAT |= {apa: "pelatihan.queries.surel.alamat" for apa in SUREL_KONTEKS if apa.startswith("usulan_")}

# How many days after its end a complaint keeps what is personal in it; a confidential one keeps it for less.
RETENSI_PENGADUAN = env_int("PORTAL_RETENSI", 2 * 365)
RETENSI_RAHASIA = min(180, RETENSI_PENGADUAN)

# clamd, which looks at what citizens send along before anybody may open it; without it nothing is looked at.
CLAMD = env_server("PORTAL_CLAMD")

# Background work

RELAY_SECONDS = 10

REDIS_URL = os.environ.get("REDIS_URL") or embedded.redis_url(DATA_DIR)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 5}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING holds for the worker too
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE = {
    "hapus-pengaduan-lama": {"task": "pengaduan.tasks.hapus_pengaduan_lama", "schedule": crontab("45", "2")},
    "hapus-pratinjau-lama": {"task": "kecamatan.tasks.hapus_pratinjau_lama", "schedule": crontab("0", "2")},
    "hapus-sesi-lama": {"task": "kecamatan.tasks.hapus_sesi_lama", "schedule": crontab("30", "2")},
    "hitung-malam": {"task": "layanan_dasar.tasks.hitung_malam", "schedule": crontab("0", "1")},
    "ingatkan-isian": {"task": "layanan_dasar.tasks.ingatkan", "schedule": crontab("0", "6")},
    "jaga-pelatihan": {"task": "pelatihan.tasks.jaga_pelatihan", "schedule": crontab("20")},
    "jaga-tenggat": {"task": "pengaduan.tasks.jaga_tenggat", "schedule": crontab("5")},
    # An order that was not taken in time is dropped: the next one does its work.
    "kirim-pesan": {
        "task": "kecamatan.tasks.kirim_pesan",
        "schedule": RELAY_SECONDS,
        "options": {"expires": RELAY_SECONDS},
    },
    "lanjutkan-putaran": {
        "task": "layanan_dasar.tasks.lanjutkan_putaran",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "periksa-virus": {"task": "pengaduan.tasks.periksa_virus", "schedule": crontab(), "options": {"expires": 60}},
    # 07.30 in every zone; at the other hours it makes up for a run that was missed.
    "ringkasan-notifikasi": {"task": "kecamatan.tasks.ringkasan_notifikasi", "schedule": crontab("30")},
    "tetapkan-berlaku": {"task": "layanan_dasar.tasks.tetapkan_berlaku_otomatis", "schedule": crontab("15", "0")},
}
