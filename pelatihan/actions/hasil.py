"""Tell the offices that proposed people what came of it."""

from collections import defaultdict
from hashlib import sha256

from kecamatan.actions.notifikasi import send_surel
from kecamatan.models import PesanKeluar
from pelatihan.models import Angkatan, Calon, StatusUsulan, Undangan
from pelatihan.models.usulan import DITERIMA


SUREL_HASIL = "usulan_hasil"


def tell_hasil(angkatan: Angkatan) -> int:
    """One mail to each office whose proposal was sent, when its cohort is settled; returns to how many.

    Whoever calls it holds the lock of the cohort. An office is told again only if its result is another one than it
    was last told of: to take the step back and do it once more tells nobody the same twice. A confirmation by a
    participant changes no result. A mail that found no address, or was overtaken by a step back, told nothing.
    """
    sent = Undangan.objects.filter(angkatan=angkatan, dicabut_pada=None, usulan__status=StatusUsulan.TERKIRIM)
    keys = list(sent.values_list("pk", flat=True))
    results, count = _results(keys), 0
    mails, last = _mails(keys)
    for pk in keys:
        if last.get(pk) != results[pk]:
            pointer = {"undangan": str(pk), "hasil": results[pk]}
            send_surel(kepada=None, templat=SUREL_HASIL, konteks=pointer, kunci=f"usulan-hasil:{pk}:{mails[pk]}")
            count += 1
    return count


def _results(undangan: list[int]) -> dict[int, str]:
    """A mark of what was decided on the people of each proposal; it tells nobody who they are."""
    decided: dict[int, list[str]] = defaultdict(list)
    rows = Calon.objects.filter(usulan__in=undangan).order_by("pk").values_list("usulan", "pk", "status")
    for usulan, pk, status in rows:
        decided[usulan].append(f"{pk}:{'diterima' if status in DITERIMA else status}")
    return {pk: sha256(" ".join(decided[pk]).encode()).hexdigest()[:16] for pk in undangan}


def _mails(undangan: list[int]) -> tuple[dict[int, int], dict[int, str]]:
    """How many mails each office was written, and the result that the last of them told."""
    count: dict[int, int] = defaultdict(int)
    last: dict[int, str] = {}
    written = PesanKeluar.objects.filter(templat=SUREL_HASIL, konteks__undangan__in=[str(pk) for pk in undangan])
    for konteks, status in written.order_by("created_at").values_list("konteks", "status"):
        count[int(konteks["undangan"])] += 1
        if status != PesanKeluar.Status.BATAL:
            last[int(konteks["undangan"])] = konteks["hasil"]
    return count, last
