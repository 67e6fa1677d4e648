"""Parts of addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class KodeConverter(StringConverter):
    """A region code, with dots or without; whether it exists is the view's question."""

    regex = r"[0-9.]{1,16}"


register_converter(KodeConverter, "kode")
