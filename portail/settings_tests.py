"""Settings of the test run: the portal's own, minus what only a deployment needs."""

from portail.settings import *  # noqa: F403

SECRET_KEY = "tests"  # noqa: S105
# Tests ask over http, and need no collected static files.
SECURE_SSL_REDIRECT = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
# What a test changes is asked for at once.
FRAICHEUR = 0
# A test writes without advancing the version of the catalogue: each filter set reads its table again, no page is kept.
GARDE_PAR_VERSION = False
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # noqa: F405
