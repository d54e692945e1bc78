"""The application that the server calls."""

import os
from importlib.util import find_spec

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
application = get_wsgi_application()

if settings.TASKS_INSIDE and find_spec("trellis.kit.tasks.worker"):
    from trellis.kit.tasks.worker import run_in_thread

    run_in_thread()
