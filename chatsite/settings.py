"""Every setting, read once from the environment (see .env.example for each variable and its default)."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from chatsite.env import BASE_DIR, env, networks, own_hosts, private_dir, secret_file

DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = private_dir(Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve())
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_file(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
NAMED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
ALLOWED_HOSTS = NAMED_HOSTS or own_hosts(HOST)
ORIGINS = env.list("ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)

if not DEBUG:
    if len(SECRET_KEY) < 32 or len(set(SECRET_KEY)) < 8:
        raise ImproperlyConfigured("SECRET_KEY is too weak: give at least 32 random characters, or none at all")
    if any(host == "*" for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS=* is refused outside DEBUG: name the hosts that serve this site")
for origin in ORIGINS:
    if not origin.startswith(("http://", "https://")) or origin.count("/") != 2 or "*" in origin:
        raise ImproperlyConfigured(f"ORIGINS: {origin!r} is not an origin such as https://chat.example.org")
if HTTPS and not any(origin.startswith("https://") for origin in ORIGINS):
    # The server itself hears http from the proxy, so that no socket's Origin would be the site's own.
    raise ImproperlyConfigured(
        "HTTPS=true needs the site's public address in ORIGINS, such as https://chat.example.org"
    )

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "allauth",
    "allauth.account",
    "csp",
    "chat",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "chatsite.middleware.AdminPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chat.web.language.LanguageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if DEBUG:  # files where they are written; else chatsite/static_files.py serves what was collected
    MIDDLEWARE.insert(0, "servestatic.middleware.ServeStaticMiddleware")

ROOT_URLCONF = "chatsite.urls"
ASGI_APPLICATION = "chatsite.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "chat.web.preferences.for_templates",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'chat.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, where waiting for it is safe:
    # with six writers 62 % of read-then-write transactions fail by default, none with both (measured).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
    }

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "chat.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
FORM_RENDERER = "chat.web.fields.FormRenderer"
ACCOUNT_ADAPTER = "chat.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "chat.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = ORIGINS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# --- what a browser may do (docs/security.md) -------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["dompurify", "service-worker"],
    }
}

# --- static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
SERVESTATIC_USE_ZSTD = False  # Python 3.14 would add it; browsers that take it take Brotli, which is as small
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "chatsite.storage.HashedStaticFilesStorage"
    },
}

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "chat" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "UTC"
USE_TZ = True

# --- the chat ---------------------------------------------------------------------------------------------------------

MESSAGE_MAX_CHARACTERS = env.int("MESSAGE_MAX_CHARACTERS", default=32_000)
ANSWER_MAX_CHARACTERS = env.int("ANSWER_MAX_CHARACTERS", default=1_000_000)
PROVIDER_CLASSES = env.list("PROVIDER_CLASSES", default=[])

# Where the embedded model's weights lie, and how much of the machine it may take.
EMBEDDED_WEIGHTS = Path(
    env.str("EMBEDDED_WEIGHTS", default=str(VAR_DIR / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"))
)
EMBEDDED_RUN_DIR = VAR_DIR / "run"
EMBEDDED_CONTEXT = env.int("EMBEDDED_CONTEXT", default=8192)
EMBEDDED_SLOTS = env.int("EMBEDDED_SLOTS", default=4)
EMBEDDED_IDLE_SECONDS = env.int("EMBEDDED_IDLE_SECONDS", default=600)

# What the server refuses before any view sees it (chatsite/server.py).
REQUEST_MAX_BYTES = env.int("REQUEST_MAX_BYTES", default=2_500_000)
HEADER_TIMEOUT_SECONDS = env.float("HEADER_TIMEOUT_SECONDS", default=10.0)
FRAME_MAX_BYTES = env.int("FRAME_MAX_BYTES", default=1_048_576)
# JSON may say a character in 12 bytes; the rest is for what goes along, a system prompt above all.
FRAME_WANTED_BYTES = 12 * MESSAGE_MAX_CHARACTERS + 262_144
if FRAME_MAX_BYTES < FRAME_WANTED_BYTES:
    raise ImproperlyConfigured(
        f"FRAME_MAX_BYTES={FRAME_MAX_BYTES} cannot carry a message of MESSAGE_MAX_CHARACTERS={MESSAGE_MAX_CHARACTERS}: "
        f"give at least {FRAME_WANTED_BYTES}"
    )
UNREAD_FRAMES_MAX = env.int("UNREAD_FRAMES_MAX", default=64)
# At SIGTERM, the time for running answers to end. What kills a process that stays has to wait 30 s (docker stop waits
# 10 s by default): docs/operations.md.
SHUTDOWN_GRACE_SECONDS = env.float("SHUTDOWN_GRACE_SECONDS", default=20.0)
# Proxies whose X-Forwarded-For is believed: addresses or networks.
TRUSTED_PROXIES = networks(env.list("TRUSTED_PROXIES", default=[]), name="TRUSTED_PROXIES")
DATA_UPLOAD_MAX_MEMORY_SIZE = REQUEST_MAX_BYTES

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    raise ImproperlyConfigured(f"LOG_LEVEL={LOG_LEVEL} is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
