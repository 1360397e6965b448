"""Settings of the portal, read from the environment (or from a `.env` file beside manage.py).

Everything defaults to the safe side: debug off, HTTPS required, local hosts only. `make run` relaxes
HTTPS because it serves http://127.0.0.1; docs/operations.md lists every variable.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# False only to serve plain http on one's own machine, or behind a proxy that already forces HTTPS.
HTTPS = env.bool("HTTPS", default=not DEBUG)

# Without a key of its own a process signs with a random one: safe, but sessions of the admin end with
# the process. `check --deploy` reports it (portail.checks).
SECRET_KEY = env.str("SECRET_KEY", default="") or get_random_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The identity of the site: an organisation that deploys the portal changes it here, not in templates.
SITE_NOM = env.str("SITE_NOM", default="Boussole des métiers")
SITE_ACCROCHE = env.str("SITE_ACCROCHE", default="Comprendre un métier, trouver le chemin qui y mène.")
SITE_CONTACT = env.str("SITE_CONTACT", default="")
# For the legal notice; each says « non renseigné » until it is set.
SITE_EDITEUR = env.str("SITE_EDITEUR", default="")
SITE_DIRECTION = env.str("SITE_DIRECTION", default="")
SITE_HEBERGEUR = env.str("SITE_HEBERGEUR", default="")

INSTALLED_APPS = [
    "portail.apps.PortailConfig",
    "orientation.apps.OrientationConfig",
    "guides.apps.GuidesConfig",
    "formations.apps.FormationsConfig",
    "certifications.apps.CertificationsConfig",
    "metiers.apps.MetiersConfig",
    "catalogue.apps.CatalogueConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "simple_history",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "portail.api_acces.acces_api",
    # Outside compression and headers: the copies it keeps are ready to send.
    "portail.middleware.reponse_conditionnelle",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Public pages hold no secret that a compressed length could betray; Django pads them all the same.
    "django.middleware.gzip.GZipMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portail.urls"
WSGI_APPLICATION = "portail.wsgi.application"

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
                "portail.context.site",
            ],
            # The glossary is linked from every kind of text: no template needs to load it.
            "builtins": ["catalogue.templatetags.gabarits", "guides.templatetags.glossaire"],
        },
    },
    # Files named *.jinja, found beside the others: what a page repeats thirty or two hundred times.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "catalogue.gabarits.environnement"},
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'portail.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # WAL lets readers go on during an import; IMMEDIATE makes a second writer wait instead of failing
        # in the middle of a transaction.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": env.float("SQLITE_TIMEOUT", default=20),  # seconds a second writer waits
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Seconds that a connection is kept: opening one costs more than a page that is sent from a copy.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Copies of public pages, ready to send, in the memory of each process (portail/copies.py); 0 keeps none.
PAGES_GARDEES = env.int("PAGES_GARDEES", default=1_000)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if PAGES_GARDEES
        else "django.core.cache.backends.dummy.DummyCache",
        "LOCATION": "pages",
        "TIMEOUT": 86_400,  # the mark of a page holds the day
        "OPTIONS": {"MAX_ENTRIES": PAGES_GARDEES},
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hour
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# Where each import command finds its files when it is given none; `#…` after the address of a list of
# data.gouv.fr names the files of which the newest is taken. « A | B » are two forms of the same file: the second is asked
# for when the first does not answer. SOURCE_ROME=… in the environment replaces one, several being separated by commas.
_DATA_GOUV_RNCP = (
    "https://www.data.gouv.fr/api/2/datasets/5eebbc067a14b6fecc9c9976/resources/?page=1&page_size=50"
)
_FRANCE_TRAVAIL = "https://api.francetravail.fr/api-nomenclatureemploi/v1/open-data"
_OPENDATASOFT = "api/explore/v2.1/catalog/datasets"
_ONISEP = "https://api.opendata.onisep.fr/downloads"
SOURCES_PUBLIQUES = {
    f"import_{source}": env.list(f"SOURCE_{source.upper()}", default=adresses)
    for source, adresses in {
        "rome": [f"{_FRANCE_TRAVAIL}/csv | {_FRANCE_TRAVAIL}/json"],
        "rncp": [f"{_DATA_GOUV_RNCP}#export-fiches-{nom}-v4-1-*.zip" for nom in ("rncp", "rs")],
        "onisep_metiers": [
            f"{_ONISEP}/5fe0808a2da6f/5fe0808a2da6f.zip",
            f"{_ONISEP}/5fa5949243f97/5fa5949243f97.csv",
        ],
        "onisep_formations": [
            f"{_ONISEP}/5fe07a9ecc960/5fe07a9ecc960.zip",
            f"{_ONISEP}/5fa591127f501/5fa591127f501.csv",
        ],
        "onisep_passage": [],
        "onisep_offre": [
            f"{_ONISEP}/5fa5816ac6a6e/5fa5816ac6a6e.csv",
            f"{_ONISEP}/5fa586da5c4b6/5fa586da5c4b6.csv",
        ],
        "mcf": [
            f"https://opendata.caissedesdepots.fr/{_OPENDATASOFT}/moncompteformation_catalogueformation/exports/csv"
        ],
        "parcoursup": [
            f"https://data.enseignementsup-recherche.gouv.fr/{_OPENDATASOFT}/fr-esr-parcoursup/exports/csv"
        ],
        "apprentissage": [],
        "lheo": [],
        "lieux": [],
        "dares": [],
        "bmo": [],
    }.items()
}
# Seconds during which a process does not ask again whether the catalogue has changed: under load, most pages are then sent
# without any query. It is also how late a page may be after an import or a save of an editor.
FRAICHEUR = env.float("FRAICHEUR", default=0.2)
# What is read of the catalogue for every page (facets, attributions) is kept in memory, for each version of it.
GARDE_PAR_VERSION = True
SOURCES_TAILLE_MAX = env.int("SOURCES_TAILLE_MAX", default=2 * 1024**3)  # bytes of one download
SOURCES_DELAI = env.float(
    "SOURCES_DELAI", default=30
)  # seconds without a byte before the download is resumed
SOURCES_PAUSE = env.float("SOURCES_PAUSE", default=2)  # seconds before the second attempt, doubled each time
# True only where the files come from a mirror inside the organisation: otherwise an address, or the one it
# redirects to, may not lead to a private network.
SOURCES_HOTES_PRIVES = env.bool("SOURCES_HOTES_PRIVES", default=False)

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# No inline script or style, nothing from another site.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portail.views.acces_refuse"
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
