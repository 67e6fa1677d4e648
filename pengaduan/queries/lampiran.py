"""What citizens sent along, as those see it who answer for the server."""

import datetime

from django.utils import timezone

from pengaduan.models import Lampiran


TENGGAT_PERIKSA = datetime.timedelta(hours=1)


def is_terperiksa() -> bool:
    """Whether nothing waits for the virus scanner longer than an hour."""
    since = timezone.now() - TENGGAT_PERIKSA
    return not Lampiran.objects.waiting().filter(pengaduan__diterima_pada__lt=since).exists()
