"""The WSGI application served by granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portail.settings")
application = get_wsgi_application()

# A page makes some ten thousand objects and no cycle to speak of: collected every 700, as Python does by itself, they cost a tenth of
# the time of a list. What is loaded by now stays as long as the process does, and need not be looked at again.
gc.freeze()
gc.set_threshold(50_000, 20, 20)
