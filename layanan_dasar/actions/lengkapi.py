"""What a person tells about a waiting file beside its content: which desa, which year, which column holds what."""

import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kecamatan.models import BerkasImpor, Pengguna, Wilayah
from layanan_dasar.actions.belanja import APBDES
from layanan_dasar.models import PetaDesaSiskeudes, PetaKolomLaporan


@transaction.atomic
def answer_berkas(*, by: Pengguna, berkas: BerkasImpor, isian: Mapping[str, Any]) -> BerkasImpor:
    """Keep the answers with a waiting file and look at it again; one that waits no longer stays as it is.

    The columns of a report are remembered for the next report of the same layout in that kabupaten.

    Raises:
        Rejected: every error found; the answers are forgotten.
    """
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk, jenis=APBDES.kode)
    if not berkas.is_waiting:
        return berkas
    perlu = berkas.ringkasan.get("perlu") or {}
    if "kolom" in isian:
        desa = Wilayah.objects.get(pk=isian["desa"])
        PetaKolomLaporan.objects.update_or_create(
            kabupaten=Wilayah.objects.in_force().get(kode=desa.kode[:5]),
            sidik=perlu["sidik"],
            defaults={"judul": perlu["judul"], "kolom": isian["kolom"], "disetujui_oleh": by},
        )
    return _look_again(berkas, dict(isian))


@transaction.atomic
def confirm_desa(*, by: Pengguna, berkas: BerkasImpor, pasangan: Mapping[str, Wilayah]) -> BerkasImpor:
    """Match codes of Siskeudes in a waiting file with desa, once for all files, and look at the file again.

    Raises:
        Rejected: every error found in the file; nothing is matched.
    """
    berkas = BerkasImpor.objects.select_for_update().get(pk=berkas.pk, jenis=APBDES.kode)
    if not berkas.is_waiting:
        return berkas
    perlu = berkas.ringkasan["perlu"]
    names = {kode: nama for kode, nama in perlu["desa"] if kode in pasangan}
    known = PetaDesaSiskeudes.objects.filter(kabupaten=perlu["kabupaten"], kd_desa__in=names)
    stored = dict(known.values_list("kd_desa", "desa"))
    changed = [kode for kode in names if stored.get(kode) != pasangan[kode].pk]
    known.filter(kd_desa__in=changed).delete()  # first all, so that two codes may change places
    for kode in changed:
        PetaDesaSiskeudes.objects.create(
            kabupaten_id=perlu["kabupaten"],
            kd_desa=kode,
            nama_siskeudes=names[kode],
            desa=pasangan[kode],
            disetujui_oleh=by,
        )
    return _look_again(berkas, berkas.ringkasan.get("isian", {}))


def _look_again(berkas: BerkasImpor, isian: dict[str, Any]) -> BerkasImpor:
    berkas.ringkasan["isian"] = isian
    hasil = APBDES.impor(io.BytesIO(berkas.isi or b""), wilayah=berkas.wilayah, berkas=berkas, simpan=False)
    berkas.ringkasan = hasil.as_json()
    berkas.save(update_fields=["ringkasan"])
    return berkas
