"""End what was opened by a login."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kecamatan.models import Pengguna


@transaction.atomic
def end_sesi(*, sesi: "QuerySet[UserSession]") -> int:
    """Log these sessions out: their next request is one of a stranger. Returns how many there were."""
    Session.objects.filter(session_key__in=list(sesi.values_list("session_key", flat=True))).delete()
    count, _ = sesi.delete()
    return count


def end_other_sesi(*, pengguna: Pengguna, session_key: str | None) -> int:
    """Log a person out everywhere but here."""
    return end_sesi(sesi=UserSession.objects.filter(user=pengguna).exclude(session_key=session_key))


@transaction.atomic
def delete_old_sesi() -> int:
    """Forget sessions that have ended by themselves. Returns how many."""
    count, _ = Session.objects.filter(expire_date__lte=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return count
