"""What follows from a change of the second factor, wherever allauth makes it."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from kecamatan.actions.masuk import end_other_sesi
from kecamatan.models import Pengguna


@receiver([authenticator_added, authenticator_removed])
def end_sesi_without_it(sender: object, request: HttpRequest, user: Pengguna, **kwargs: Any) -> None:
    """Sessions opened before the change did not pass what it asks for. (A new password ends them by itself.)"""
    end_other_sesi(pengguna=user, session_key=request.session.session_key)
