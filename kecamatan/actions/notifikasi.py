"""Tell people something. The one place through which every app does.

All of it is rows, written in the transaction of whatever is told; nothing here talks to a mail server or a broker,
so neither can block or lose it. The relay sends afterwards (actions/pesan.py).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import get_template
from django.utils import timezone

from kecamatan.models import Notifikasi, Pengguna, PesanKeluar, PreferensiNotifikasi
from kecamatan.models.notifikasi import JENIS, Surel
from kecamatan.queries.zona import zona_pengguna
from p3pd_portal.lib.outbox import one_line, plain_text


JAM_RINGKASAN = datetime.time(7, 30)
JUDUL_TERPANJANG = 120


@transaction.atomic
def notify(*, kepada: Iterable[Pengguna], jenis: str, judul: str, isi: str, url: str, kunci: str = "") -> int:
    """Tell people something: a line in the portal and, where the person wants it so, an e-mail.

    Call it inside the transaction of what is told, and tell no more than may stand in an e-mail.

    Args:
        kepada: whoever is named twice or whose account is switched off is told once or not at all.
        jenis: a kind of JENIS.
        judul: one line; line breaks and signs that cannot be seen are dropped.
        url: path inside the portal of the page that shows more.
        kunci: what it is about, so that doing the same twice tells it once (`f"apbdes:{pk}:tersimpan"`).

    Returns:
        Number of people who are told it now.
    """
    surel = JENIS[jenis].surel_of
    people = {pengguna.pk: pengguna for pengguna in kepada if pengguna.is_active}
    chosen = PreferensiNotifikasi.objects.filter(pengguna__in=people, jenis=jenis)
    pilihan = dict(chosen.values_list("pengguna", "surel"))
    fields = {"jenis": jenis, "judul": one_line(judul)[:JUDUL_TERPANJANG], "isi": plain_text(isi), "url": url}
    notices = [Notifikasi(kepada_id=pk, kunci=kunci, surel=surel(pilihan.get(pk)), **fields) for pk in people]
    Notifikasi.objects.bulk_create(notices, ignore_conflicts=True)  # the same told before
    new = Notifikasi.objects.filter(pk__in=[notice.pk for notice in notices])
    at_once = [PesanKeluar(kepada_id=pk, templat="notifikasi")
               for pk in new.filter(surel=Surel.LANGSUNG).values_list("kepada", flat=True)]  # fmt: skip
    _carry(new.filter(surel=Surel.LANGSUNG), PesanKeluar.objects.bulk_create(at_once))
    return new.count()


@transaction.atomic
def send_surel(
    *, kepada: Pengguna | None, templat: str, konteks: Mapping[str, str] | None = None, kunci: str = ""
) -> None:
    """E-mail that is not a notice: an invitation, a reset of the password.

    Without `kepada` it goes to somebody without an account, whose address is stored nowhere here: the function that
    settings.SUREL_ALAMAT names for `templat` finds it when the mail is sent, by what `konteks` points at.

    The text is made when it is sent, from templates/email/<templat>_subject.txt and <templat>_message.txt. What is
    secret never stands in `konteks`, which is stored: settings.SUREL_KONTEKS names the function that makes it then.

    Raises:
        TemplateDoesNotExist: there is no such e-mail.
        TypeError: something in `konteks` is not text.
        KeyError: nobody can tell the address.
    """
    if kepada is None:
        settings.SUREL_ALAMAT[templat]
    for part in ("subject", "message"):
        get_template(f"email/{templat}_{part}.txt")
    konteks = dict(konteks or {})
    if not all(isinstance(value, str) for value in konteks.values()):
        raise TypeError(f"konteks surel {templat} hanya boleh memuat teks")
    pesan = PesanKeluar(kepada=kepada, templat=templat, konteks=konteks, kunci=kunci)
    PesanKeluar.objects.bulk_create([pesan], ignore_conflicts=True)


def mark_read(*, by: Pengguna, notifikasi: Notifikasi) -> None:
    """The first reading counts."""
    Notifikasi.objects.visible_to(by).unread().filter(pk=notifikasi.pk).update(dibaca_pada=timezone.now())


def mark_all_read(*, by: Pengguna, sampai: datetime.datetime) -> int:
    """Everything that was there at a moment: not what came while the list stood on the screen."""
    seen = Notifikasi.objects.visible_to(by).unread().filter(created_at__lte=sampai)
    return seen.update(dibaca_pada=timezone.now())


@transaction.atomic
def save_pilihan(*, by: Pengguna, pilihan: Mapping[str, str]) -> None:
    """What somebody wants by e-mail, by kind of notice; it holds for notices from now on."""
    rows = [
        PreferensiNotifikasi(pengguna=by, jenis=jenis, surel=Surel(surel))
        for jenis, surel in pilihan.items()
        if not JENIS[jenis].wajib
    ]
    PreferensiNotifikasi.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["pengguna", "jenis"], update_fields=["surel"]
    )


def create_ringkasan(*, pada: datetime.datetime) -> int:
    """Put the daily e-mails into the outbox: to each receiver what came before the last half past seven over there
    and is still unread. Repeatable at any time; nobody gets two on one day.

    Returns:
        Number of e-mails.
    """
    waiting = Notifikasi.objects.awaiting_digest().filter(kepada__is_active=True)
    receivers = list(waiting.order_by().values_list("kepada", flat=True).distinct())
    by_zone: dict[ZoneInfo, list[int]] = defaultdict(list)
    for pengguna, zona in zona_pengguna(receivers, timezone.localdate(pada)).items():
        by_zone[zona].append(pengguna)
    return sum(_ringkas(people, _batas(pada, zona)) for zona, people in by_zone.items())


def _batas(pada: datetime.datetime, zona: ZoneInfo) -> datetime.datetime:
    """The last half past seven on the clocks of a zone."""
    batas = datetime.datetime.combine(pada.astimezone(zona), JAM_RINGKASAN, tzinfo=zona)
    return batas if batas <= pada else batas - datetime.timedelta(days=1)


@transaction.atomic
def _ringkas(people: list[int], batas: datetime.datetime) -> int:
    waiting = Notifikasi.objects.awaiting_digest().filter(kepada__in=people, created_at__lt=batas).select_for_update()
    receivers = sorted(set(waiting.order_by().values_list("kepada", flat=True)))
    kunci = f"ringkasan:{batas:%Y-%m-%d}"
    pesan = [PesanKeluar(kepada_id=pk, templat="ringkasan", kunci=kunci) for pk in receivers]
    PesanKeluar.objects.bulk_create(pesan, ignore_conflicts=True)  # today's has left; the rest comes tomorrow
    new = list(PesanKeluar.objects.filter(pk__in=[satu.pk for satu in pesan]))
    _carry(waiting.filter(kepada__in=[satu.kepada_id for satu in new]), new)
    return len(new)


def _carry(notices: "QuerySet[Notifikasi]", pesan: list[PesanKeluar]) -> None:
    """Write down which e-mail carries these notices: the one to their receiver."""
    mine = PesanKeluar.objects.filter(pk__in=[satu.pk for satu in pesan], kepada=OuterRef("kepada"))
    notices.update(pesan=Subquery(mine.values("pk")))
