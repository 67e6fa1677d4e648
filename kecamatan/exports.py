"""Tables to take away, for every app."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kecamatan.importers.edisi import Perbandingan
from kecamatan.importers.orang import KOLOM, PETUNJUK
from kecamatan.importers.unit import columns
from kecamatan.models import JenisUnit, Wilayah
from kecamatan.queries.unit import Saringan, semua_unit
from p3pd_portal.lib import cetak
from p3pd_portal.lib.tables import CSV_TYPE, XLSX_TYPE, Sheet, to_csv, to_xlsx


EDISI_HEADER = ["jenis", "kode_lama", "nama_lama", "kode_baru", "nama_baru", "yakin"]


def edisi_table(beda: Perbandingan) -> bytes:
    """Every difference between two editions as CSV."""
    return to_csv(
        EDISI_HEADER,
        (
            [
                str(satu.jenis or ("baru" if satu.kode_baru else "hilang")),
                satu.kode_lama,
                satu.nama_lama,
                satu.kode_baru,
                satu.nama_baru,
                "ya" if satu.yakin else "perlu keputusan" if satu.jenis else "",
            ]
            for satu in beda.perubahan
        ),
    )


def orang_sheets() -> list[Sheet]:
    """The empty template for people: headers, and a second sheet that explains them."""
    return [
        Sheet("Orang", KOLOM, [], [18] * len(KOLOM)),
        Sheet("Petunjuk", ["kolom", "isi"], PETUNJUK, [18, 90]),
    ]


def respond(name: str, bentuk: str, sheets: list[Sheet]) -> HttpResponse:
    """The first sheet as CSV, or all as XLSX.

    Raises:
        Http404: another form.
    """
    if bentuk == "csv":
        content, kind = to_csv(sheets[0].header, sheets[0].rows), CSV_TYPE
    elif bentuk == "xlsx":
        content, kind = to_xlsx(sheets), XLSX_TYPE
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}.{bentuk}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


# Service units: taken away in the columns in which they come in, so that an edited list can be handed in again.


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved, never shown inside the portal and kept by nobody on the way."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def unit_sheet(wilayah: Wilayah, saringan: Saringan) -> Sheet:
    return Sheet("Unit layanan", [column.name for column in columns()], _unit_rows(wilayah, saringan), [16, 32, 14, 16])


def _unit_rows(wilayah: Wilayah, saringan: Saringan) -> Iterator[list[Any]]:
    for unit in semua_unit(wilayah, saringan):
        desa = ";".join(sorted(satu.kode for satu in unit.wilayah_kerja.all()))
        place = [unit.jenis, unit.nama, unit.kode, unit.wilayah.kode, unit.alamat, unit.lintang, unit.bujur]
        yield [*place, unit.mulai, unit.sampai, desa, unit.sumber]


def unit_template() -> list[Sheet]:
    """The empty template: headers, what each column holds, and the kinds."""
    described = columns()
    return [
        Sheet("Unit layanan", [column.name for column in described], [], [18] * len(described)),
        Sheet("Petunjuk", ["kolom", "isi"], [[column.name, column.help] for column in described], [18, 100]),
        Sheet("Jenis", ["jenis", "artinya"], [[jenis.value, jenis.label] for jenis in JenisUnit], [18, 30]),
    ]


def respond_cetakan(request: HttpRequest, isi: cetak.Cetakan, bentuk: str, name: str) -> HttpResponse:
    """What is printed as `html`, for the browser's own print, or as `pdf`; where PDF cannot be made the page that says
    so leads to the other form.

    Raises:
        Http404: another form.
    """
    if bentuk == "html":
        return HttpResponse(cetak.to_html(isi))
    if bentuk != "pdf":
        raise Http404
    try:
        return attachment(cetak.to_pdf(isi), cetak.PDF_TYPE, f"{name}.pdf")
    except cetak.BelumTersedia as missing:
        ctx = {"alasan": missing, "langkah_url": request.path.removesuffix("pdf/") + "html/"}
        return render(request, "kecamatan/cetak_belum.html", ctx, status=503)
