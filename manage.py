#!/usr/bin/env python3
"""Django's own command line, for those who work on Trellis. Those who run it use `trellis`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
