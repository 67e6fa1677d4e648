"""What the text of an e-mail asks for at the moment it is sent (settings.SUREL_KONTEKS)."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from kecamatan.models import Pengguna, PesanKeluar


def konteks_sandi(pesan: PesanKeluar) -> dict[str, str | int]:
    """The link at which the receiver chooses a password, and for how many days it is good."""
    kepada: Pengguna = pesan.kepada  # type: ignore[assignment]  # these go to accounts alone
    return {"url": sandi_url(kepada), "hari": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)}


def sandi_url(pengguna: Pengguna) -> str:
    """Address at which the holder of an account chooses a password; good once, and for a few days."""
    key = default_token_generator.make_token(pengguna)
    return settings.SITE_URL + reverse("account_reset_password_from_key", args=[user_pk_to_url_str(pengguna), key])
