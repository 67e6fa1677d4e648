"""Forget what is personal of participants, long after their training."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kecamatan.models import Orang
from kecamatan.queries.gabung_orang import relasi
from pelatihan.actions.hapus_calon import KOSONG, TERHAPUS
from pelatihan.models import (
    Angkatan,
    BerkasUsulan,
    BuktiRtl,
    Calon,
    Foto,
    JawabanEvaluasi,
    KodePerangkat,
    KodeUndangan,
    LembarEvaluasi,
    LembarHadir,
    PemantauanRtl,
    Peserta,
    Rtl,
    Usulan,
)


@transaction.atomic
def erase_peserta(*, pada: datetime.date) -> int:
    """Take out what the portal does not need any more of people of cohorts over for SIMPAN_PESERTA; returns how many
    records lost something. Repeatable: what was taken out is passed over, what came in late is found.

    Gone: proposals with their scanned letters, except who signed them; links and codes of telephones; reasons, which
    may speak of an illness; scanned lists of signatures; own words about trainers, problems and follow-ups, and who
    filled a sheet; evidence and photographs, which show people; and telephone numbers that nobody else needs.

    Kept: who took part where, attendance, marks and choices of tests, the state of plans with what was to be done, and
    certificates with name, number and code: so no count of a report changes and every certificate can be verified.
    A person's NIP stays, or who is trained again would be counted as somebody else. The audit history stays as it is.
    """
    over = Angkatan.objects.lewat_simpan(pada)
    phones = _only_theirs(over).update(telepon="")
    return phones + _erase_files(over) + _erase_words(over)


def _only_theirs(over: "QuerySet[Angkatan]") -> "QuerySet[Orang]":
    """People with a telephone number whom nothing in the portal knows but cohorts long over: they have no account,
    teach nothing and take part in nothing newer."""
    found = Orang.objects.filter(kepesertaan__angkatan__in=over).exclude(telepon="")
    for satu in relasi():
        used = satu.model._base_manager.filter(**{satu.kolom: OuterRef("pk")})
        found = found.filter(~Exists(used.exclude(angkatan__in=over) if satu.model is Peserta else used))
    return Orang.objects.filter(pk__in=found.values("pk"))


def _erase_files(over: "QuerySet[Angkatan]") -> int:
    gone: list[QuerySet[Any]] = [
        BerkasUsulan.objects.filter(usulan__undangan__angkatan__in=over),
        KodeUndangan.objects.filter(undangan__angkatan__in=over),
        KodePerangkat.objects.filter(peserta__angkatan__in=over),
        LembarHadir.objects.filter(kelas__angkatan__in=over),
        BuktiRtl.objects.filter(pemantauan__rtl__peserta__angkatan__in=over),
        Foto.objects.filter(angkatan__in=over),
    ]
    return sum(rows.delete()[0] for rows in gone)


def _erase_words(over: "QuerySet[Angkatan]") -> int:
    """Rows that have to say something say that it was taken out; the others say nothing."""
    calon = Calon.objects.filter(usulan__undangan__angkatan__in=over).order_by()
    peserta = Peserta.objects.filter(angkatan__in=over).order_by()
    rtl = Rtl.objects.filter(peserta__angkatan__in=over).order_by()
    pemantauan = PemantauanRtl.objects.filter(rtl__peserta__angkatan__in=over).order_by()
    sheets = LembarEvaluasi.objects.filter(angkatan__in=over)
    said = JawabanEvaluasi.objects.filter(lembar__angkatan__in=over).order_by()
    letters = Usulan.objects.filter(undangan__angkatan__in=over).exclude(nip_pejabat="")
    marked = [(calon, "alasan"), (peserta, "alasan"), (rtl, "masalah"), (rtl, "penanggung_jawab"),
              (pemantauan, "uraian"), (pemantauan, "catatan")]  # fmt: skip
    counts = [rows.exclude(**{f"{name}__in": ["", TERHAPUS]}).update(**{name: TERHAPUS}) for rows, name in marked]
    counts.append(calon.exclude(nama=TERHAPUS).update(nama=TERHAPUS, **KOSONG))
    counts.append(letters.update(nip_pejabat=""))
    counts.append(sheets.exclude(terisi=[]).update(terisi=[]))
    counts.append(said.exclude(Q(baik="") & Q(saran="")).update(baik="", saran=""))
    return sum(counts)
