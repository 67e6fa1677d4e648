"""Policies of the addresses of surveys and score cards."""

from kecamatan.permissions import Izin
from tests.kebijakan import Kerja, Policy, Publik, Terbuka, UnitSendiri


SURVEI = Izin.KELOLA_SURVEI
KEBIJAKAN_SURVEI: dict[str, Policy] = {
    "pengaduan:survei": Publik(),
    "pengaduan:survei_isi": Terbuka(),
    "pengaduan:survei_kelola": Kerja(SURVEI, get=200),
    "pengaduan:survei_tambah": Kerja(SURVEI, get=200, post=422),
    "pengaduan:survei_rinci": UnitSendiri(SURVEI, get=200),
    "pengaduan:survei_ubah": UnitSendiri(SURVEI, get=200, post=422),
    "pengaduan:survei_langkah": UnitSendiri(SURVEI, post=302),
    "pengaduan:survei_rencana": UnitSendiri(SURVEI, post=302),
    "pengaduan:survei_kertas": UnitSendiri(SURVEI, get=200, post=422),
    "pengaduan:survei_kertas_hapus": UnitSendiri(SURVEI, post=302),
    "pengaduan:survei_poster": UnitSendiri(SURVEI, get=200),
    "pengaduan:survei_laporan": UnitSendiri(SURVEI, get=200),
    "pengaduan:kartu_skor": Publik(),
    "pengaduan:kartu_skor_baca": Publik(),
    "pengaduan:kartu_skor_kelola": Kerja(SURVEI, get=200),
    "pengaduan:kartu_skor_tambah": Kerja(SURVEI, get=200, post=422),
    "pengaduan:kartu_skor_rinci": UnitSendiri(SURVEI, get=200),
    "pengaduan:kartu_skor_isi": UnitSendiri(SURVEI, get=200, post=422),
    "pengaduan:kartu_skor_pertemuan": UnitSendiri(SURVEI, post=422),
    "pengaduan:kartu_skor_aksi": UnitSendiri(SURVEI, post=422),
    "pengaduan:kartu_skor_keadaan": UnitSendiri(SURVEI, post=302),
    "pengaduan:kartu_skor_tayang": UnitSendiri(SURVEI, post=302),
}
