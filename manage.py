#!/usr/bin/env python
"""Django's command line. Starts the embedded database and broker when the environment names none."""

import os
import signal
import sys

from django.core.management import execute_from_command_line

from p3pd_portal.lib import embedded
from p3pd_portal.lib.server import ServerError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p3pd_portal.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that servers are stopped too
    try:
        with embedded.running(embedded.default_data()):
            execute_from_command_line(sys.argv)
    except ServerError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
