"""Policies of the addresses of Open311."""

from kecamatan.permissions import Izin
from tests.kebijakan import Kerja, Mesin, Policy, Publik


KEBIJAKAN_OPEN311: dict[str, Policy] = {
    "pengaduan:open311": Publik(),
    "pengaduan:open311_openapi": Mesin(),
    "pengaduan:open311_discovery": Mesin(),
    "pengaduan:open311_services": Mesin(),
    "pengaduan:open311_definition": Mesin(),
    "pengaduan:open311_requests": Mesin(post=400),  # no form; with one but without a key 403
    "pengaduan:open311_request": Mesin(),
    "pengaduan:open311_token": Mesin(),
    "pengaduan:open311_lain": Mesin(get=404, post=404),
    "pengaduan:open311_kunci": Kerja(Izin.KELOLA_KUNCI_API, get=200, post=422),
    "pengaduan:open311_cabut": Kerja(Izin.KELOLA_KUNCI_API, post=302),
}
