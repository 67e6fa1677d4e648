"""What this app tells whoever takes its plans over."""

from django.dispatch import Signal


rtl_berubah = Signal()
"""A plan (`rtl`) was written, changed or followed up; sent inside the transaction."""
