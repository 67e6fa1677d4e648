"""The second factor of everybody in the tests, and the code their phones show."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


SECRET = "CONTOHDASHBOARDKECAMATANDESAABCD"


def code(offset: int = 0, secret: str = SECRET) -> str:
    """The six digits of this half minute, or of one before or after."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + offset))
