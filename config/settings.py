"""Settings. Production demands real servers, secrets and hosts; everything else has a local default."""

from pathlib import Path

from csp.constants import NONE, SELF

from config import environment as env
from config.local import places

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env.environment()
PRODUCTION = ENVIRONMENT == "production"
VAR_DIR = places.var_dir()

# --- who and where ---
SECRET_KEY = env.server("SECRET_KEY", local="local-only-" + "0" * 50)
SECRET_KEY_FALLBACKS = [key for key in env.optional("SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS = env.server("ALLOWED_HOSTS", local="*").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env.optional("CSRF_TRUSTED_ORIGINS").split(",") if origin]
DEBUG = False
DEMO = env.refused_in_production("DEMO").lower() not in env.OFF
CLOCK = env.refused_in_production("CLOCK")
SERVICE_NAME = "Youth inspection fieldwork"
NAVIGATION = [
    ("My work today", "my-work"),
    ("Inspections", "inspections:list"),
    ("Reads to check", "cases:reads-to-check"),
    ("Consistency", "cases:consistency"),
    ("Reactive inspections", "ratings:reactive"),
    ("Programme", "inspections:programme"),
    ("Bank holidays", "inspections:calendar"),
    ("Notifications", "inspections:notifications"),
    ("My settings", "accounts:settings"),
]

# --- the parts ---
INSTALLED_APPS = [
    "config",
    "ratings",
    "cases",
    "inspections",
    "documents",
    "accounts",
    "standards",
    "crispy_forms",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.never_cached",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.signed_in_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- data ---
# Commands that need no database (standards, rate, timeline) run without one: Django only connects when asked.
DATABASE_URL = env.server("DATABASE_URL", local=places.database_url(places.sockets_dir(VAR_DIR)))
DATABASES = {"default": env.database(DATABASE_URL)}
FILES_DIR = env.server("FILES_DIR", local=str(VAR_DIR / "files"))
STORAGES = {
    "default": env.files(FILES_DIR),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if ENVIRONMENT == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
CLAMAV = env.optional("CLAMAV")  # unix:///run/clamav/clamd.ctl or tcp://host:3310; without it no virus scanner is asked
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CASELOAD_MAX_BYTES = 20 * 1024 * 1024
REVIEW_MAX_BYTES = 20 * 1024 * 1024

# --- Celery: the clock and the computing; state is in the database ---
REDIS_URL = env.server("REDIS_URL", local="")
BROKER_DIR = env.optional("BROKER_DIR", str(VAR_DIR / "broker"))
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if REDIS_URL
    else {
        "data_folder_in": f"{BROKER_DIR}/queue",
        "data_folder_out": f"{BROKER_DIR}/queue",
        "control_folder": f"{BROKER_DIR}/control",
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = {
    "recompute stale ratings": {
        "task": "ratings.tasks.recompute_stale",
        "schedule": 0.5,  # meant for two seconds until a change shows: this, and a page that asks every second
        "options": {"expires": 0.5},
    },
    "watch the timeline": {
        "task": "inspections.tasks.watch_timeline",
        "schedule": 600.0,  # safe to run at any time; a day is noticed within ten minutes of its start
        "options": {"expires": 600},
    },
    "check files that came in": {
        "task": "documents.tasks.check_files",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
    "tell of refused files": {
        "task": "inspections.tasks.tell_of_refused_files",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "write of what is new": {
        "task": "inspections.tasks.write_news",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "send e-mail": {
        "task": "inspections.tasks.send_mail",
        "schedule": 5.0,  # somebody may be waiting for a sign-in link
        "options": {"expires": 5},
    },
    "escalate concerns": {
        "task": "cases.tasks.escalate_concerns",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "seal records": {
        "task": "accounts.tasks.seal_records",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forget caseload files that were never sent": {
        "task": "cases.tasks.forget_unsent_lists",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "forget ended sessions": {
        "task": "accounts.tasks.forget_ended_sessions",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "forget requests for sign-in links": {
        "task": "accounts.tasks.forget_sign_in_requests",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "forget keys of unsent answers": {
        "task": "accounts.tasks.forget_draft_keys",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}

# --- e-mail: rows that a task sends ---
FIRST_HOST = ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
SITE_URL = env.optional(
    "SITE_URL", f"https://{FIRST_HOST}" if PRODUCTION else f"http://127.0.0.1:{env.optional('PORT', '8000')}"
).rstrip("/")
MAIL_DOMAIN = FIRST_HOST
DEFAULT_FROM_EMAIL = env.optional("EMAIL_FROM", f"{SERVICE_NAME} <no-reply@{MAIL_DOMAIN}>")
_MAIL = env.mail(env.server("EMAIL_URL", local=str(VAR_DIR / "mail")))
EMAIL_BACKEND, EMAIL_FILE_PATH = _MAIL["BACKEND"], _MAIL.get("FILE_PATH")
EMAIL_HOST, EMAIL_PORT = _MAIL.get("HOST", ""), _MAIL.get("PORT", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.get("HOST_USER", ""), _MAIL.get("HOST_PASSWORD", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.get("USE_SSL", False), _MAIL.get("USE_TLS", False)
EMAIL_TIMEOUT = 20  # seconds
NOTIFY_TEMPLATE = _MAIL.get("TEMPLATE", "")
NOTIFY_API_KEY = env.server("NOTIFY_API_KEY", local="") if NOTIFY_TEMPLATE else ""
NOTIFY_URL = env.optional("NOTIFY_URL", "https://api.notifications.service.gov.uk")

# --- people ---
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "my-work"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_FORM_FIELD = "username"  # as authenticate() is given it; the default would be the model's "email"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that nobody can keep a colleague locked out
AXES_DISABLE_ACCESS_LOG = True  # who signed in and out stands in the audit events
AXES_VERBOSE = False

# --- unsent answers on people's computers (docs/adr/0010) ---
KEEP_UNSENT = env.optional("KEEP_UNSENT", "1").lower() not in env.OFF
KEEP_UNSENT_HOURS = 72

# --- the rating meeting ---
CORRECTION_REASON_WORDS = 40  # the same for opening ratings that the service has been told
PANEL_REASON_WORDS = 20  # the fewest words that give a reason; not published, so ours

# --- pages ---
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.product",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.optional("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]

# --- protection ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.csrf_failure"
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = not env.switched_on("TLS_ENDS_ELSEWHERE")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 366 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# --- what goes into the log of the process: no bodies, no names of children ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.optional("LOG_LEVEL", "WARNING")},
}
