"""The transactional outbox, its pure parts.

What has to leave the portal is written as a row in the same transaction as the change it tells of; a relay sends
it afterwards. A relay that is killed between sending and writing that down sends again, so the message id is made
with the row: the receiver's mail program shows a repeat once.
"""

import datetime
import unicodedata
import uuid
from urllib.parse import urlsplit


FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=1)


def new_message_id(site: str) -> str:
    """A Message-ID header for a mail of this site: unique, and telling nothing but the host."""
    return f"<{uuid.uuid4().hex}@{urlsplit(site).hostname or 'localhost'}>"


def pause_after(attempts: int) -> datetime.timedelta:
    """How long to wait after the n-th failed attempt: one minute, then twice as long each time, at most an hour."""
    return min(FIRST_PAUSE * 2 ** min(max(attempts, 1) - 1, 10), LONGEST_PAUSE)


def one_line(text: str) -> str:
    """Text as one visible line: no line break can start a mail header, no control or direction sign can disguise
    what is written."""
    shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    kept = "".join(sign for sign in shown if unicodedata.category(sign) not in ("Cf", "Cs", "Cn", "Co"))
    return " ".join(kept.split())


def plain_text(text: str) -> str:
    """Text of several lines with each of them cleaned as `one_line` does; empty lines stay, none at the ends."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()
