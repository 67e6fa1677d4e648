"""Take in what participants say of trainers and organisers; see pelatihan.models.evaluasi for what is not kept."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pelatihan.models import JawabanEvaluasi, LembarEvaluasi, Peserta
from pelatihan.queries.evaluasi import Sasaran, pertanyaan


@transaction.atomic
def fill_lembar(
    *, peserta: Peserta, sasaran: Sasaran, nilai: Mapping[str, int], baik: str = "", saran: str = ""
) -> bool:  # fmt: skip
    """Keep what a participant says; returns whether it is new: a sheet is filled once.

    Args:
        sasaran: one of those that `pelatihan.queries.evaluasi.sasaran_of` opens to this participant.
        nilai: 1–4 by the code of each question that was answered.

    Raises:
        ValidationError: nothing was answered, or something that was not asked.
    """
    asked = {satu.kode for satu in pertanyaan(sasaran.jenis)}
    if not nilai:
        raise ValidationError(_("Nilai sedikitnya satu pernyataan."))
    if not nilai.keys() <= asked or not set(nilai.values()) <= {1, 2, 3, 4}:
        raise ValidationError(_("Nilai setiap pernyataan dari 1 sampai 4."))
    told: dict[str, Any] = {"angkatan": peserta.angkatan, "sesi": sasaran.sesi, "pelatih": sasaran.pelatih}
    LembarEvaluasi.objects.get_or_create(**told)
    lembar = LembarEvaluasi.objects.select_for_update().get(**told)
    if peserta.pk in lembar.terisi:
        return False
    lembar.terisi = sorted([*lembar.terisi, peserta.pk])
    lembar.save()
    new = JawabanEvaluasi(lembar=lembar, nilai=dict(nilai), baik=baik, saran=saran)
    _shuffle_in(lembar, new)
    return True


def _shuffle_in(lembar: LembarEvaluasi, new: JawabanEvaluasi) -> None:
    """All answers of the sheet are written anew under new keys, in the order of those: the table, its keys and its
    transactions are then the same for all of them."""
    rows = [*lembar.jawaban.all(), new]
    lembar.jawaban.all().delete()
    for row in rows:
        row.pk = uuid.uuid4()
    JawabanEvaluasi.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
