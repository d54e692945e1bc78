"""Django's settings, made from the environment. What an operator may change is in environment.py."""

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from trellis.project import environment
from trellis.project.demo.cast import sign_ins

ROOT = Path(__file__).resolve().parent.parent.parent
ENV = environment.read(os.environ)
# In a clone, what is made lies in var/ beside the code. An installed package may be read-only and has no such place:
# there a relative data folder is meant from where the command was given, and what is built goes into it.
CLONE = (ROOT / "pyproject.toml").exists()
DATA = ((ROOT if CLONE else Path.cwd()) / ENV["TRELLIS_DATA"]).expanduser().resolve()
BUILD = (ROOT / "var" if CLONE else DATA) / "build"
PROGRAMMES = ROOT / ("demo" if CLONE else "trellis/project/demo") / "programmes"
TESTING = "pytest" in sys.modules

DEBUG = ENV["TRELLIS_DEBUG"]
DEMO = ENV["TRELLIS_DEMO"]
DEMO_SIGN_INS = sign_ins() if DEMO else []
SECRET_KEY = ENV["SECRET_KEY"] or environment.kept_secret(DATA)
SITE_URL = ENV["TRELLIS_URL"].rstrip("/")
ALLOWED_HOSTS = [*ENV["TRELLIS_HOSTS"], str(urlsplit(SITE_URL).hostname)]
COMPANY = ENV["TRELLIS_COMPANY"]

DOMAINS = [
    "people",
    "sessions",
    "careers",
    "learning",
    "mentoring",
    "recognition",
    "growth",
    "programmes",
    "credentials",
    "opportunities",
]
INSTALLED_APPS = [
    "trellis.domains.people",  # first: its user model is what the apps below refer to
    "trellis.surfaces.web",  # before allauth: its pages wear our templates
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    # The automatic set-ups of these two overwrite each other; the loaders below are explicit instead.
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "rules",
    "trellis.kit.access",
    "trellis.kit.files",
    "trellis.kit.journal",
    "trellis.kit.notices",
    "trellis.kit.tasks",
    "trellis.kit.ui",
    *[f"trellis.domains.{name}" for name in DOMAINS if name != "people"],
    "trellis.surfaces.exchange",
    "trellis.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trellis.kit.ui.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trellis.kit.access.middleware.PrivateMiddleware",
    "trellis.kit.access.middleware.RefusalMiddleware",
    "trellis.kit.access.middleware.VanishedMiddleware",
    "trellis.kit.access.middleware.KeepableMiddleware",
]
ROOT_URLCONF = "trellis.project.urls"
WSGI_APPLICATION = "trellis.project.wsgi.application"

_TEMPLATE_LOADERS: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "trellis.kit.ui.templatetags.ui",
            ],
            # Outermost first: "page.html#part", then the cache, then <c-...> compilation.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _TEMPLATE_LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _TEMPLATE_LOADERS)],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "trellis.kit.ui.context.shell",
                "trellis.surfaces.web.navigation.navigation",
            ],
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": ENV["DATABASE_URL"] or {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "trellis.sqlite3")}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        # secure_delete: a deleted text is overwritten where it stood (kit/tasks/wiping.py does the rest).
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; "
        "PRAGMA cache_size=-4000; PRAGMA mmap_size=268435456;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
    if TESTING:
        DATABASES["default"]["CONN_MAX_AGE"] = 0
    else:
        # Above the number of threads: a thread that waits for a connection is a request that waits.
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
            "min_size": 1,
            "max_size": ENV["TRELLIS_WEB_THREADS"] + 4,
        }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits live in the cache; in the database they hold for all processes together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "trellis.kit.access.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "trellis.domains.people.signing_in.Backend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "trellis.domains.people.web.accounts.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is answered from the mailbox it was sent to
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# With https there is a proxy before us, and who asks is whom it names last; else all would share one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(ENV["TRELLIS_HTTPS"])
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV["TRELLIS_HTTPS"]
MFA_TOTP_ISSUER = COMPANY

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TASKS_INSIDE = ENV["TRELLIS_TASKS"] == "inside"

vars().update({key: value for key, value in ENV["EMAIL_URL"].items() if key.startswith("EMAIL")})
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV["TRELLIS_MAIL_FROM"]

LANGUAGE_CODE = ENV["TRELLIS_LANGUAGE"]
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
FORMAT_MODULE_PATH = "trellis.kit.formats"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LOCALE_PATHS = [
    ROOT / "trellis" / "kit" / "locale",
    *[ROOT / "trellis" / "domains" / name / "locale" for name in DOMAINS],
    ROOT / "trellis" / "surfaces" / "exchange" / "locale",
    ROOT / "trellis" / "surfaces" / "web" / "locale",
    ROOT / "trellis" / "project" / "locale",
]
USE_I18N = USE_TZ = True
TIME_ZONE = ENV["TRELLIS_TIME_ZONE"]

STATIC_URL = "/static/"
STATIC_ROOT = None if TESTING else BUILD.parent / "static"  # tests are served from the build
STATICFILES_DIRS = [BUILD]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:  # noqa: N802, the name is WhiteNoise's
    return bool(re.search(r"\.[0-9a-f]{12}\.\w+$|/js-[0-9a-f]{10}/", url))


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if ENV["TRELLIS_HTTPS"]:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the machine itself, without the proxy
    # W005 and W021 ask to bind every other site of the company's domain to https; its owner may, in the proxy.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "trellis.project.log.Lines", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"trellis": {"level": "INFO"}},
}
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
