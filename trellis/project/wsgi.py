"""The application that the server calls."""

import os
from multiprocessing.util import Finalize

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
application = get_wsgi_application()

if settings.TASKS_INSIDE:
    from trellis.kit.tasks.worker import run_in_thread

    # The server's processes end without running `atexit`.
    Finalize(None, run_in_thread().stop, exitpriority=1)
