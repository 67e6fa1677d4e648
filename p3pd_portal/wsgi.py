"""Entry point of the web server."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Permintaan(WSGIRequest):
    """A request may name any encoding: one that makes no texts counts as none.

    Django looks a codec up and then reads the address with it; "rot13" is found, and the request would fail before
    anything of ours could answer.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except LookupError:
            self._encoding = None


class Penangan(WSGIHandler):
    request_class = Permintaan


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p3pd_portal.settings")
django.setup(set_prefix=False)
application = Penangan()
