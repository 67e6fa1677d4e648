"""What this app tells the ones above it, which it does not know."""

from django.dispatch import Signal


edisi_berubah = Signal()
"""Which region follows which was decided anew; sent inside the transaction."""

penduduk_berubah = Signal()
"""Numbers of people as of a day (`per`) were loaded; sent inside the transaction."""
