#!/usr/bin/env python3
"""Runs the project's commands; a setting that cannot be used is one plain line and exit status 2."""

import os
import sys


def main() -> int:
    """Hand the arguments to Django."""
    if sys.version_info < (3, 11):
        print("error: Python 3.11 or newer is needed, this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatsite.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
