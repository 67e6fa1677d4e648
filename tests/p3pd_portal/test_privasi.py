"""The privacy notice: every activity with all its parts, and periods that come from the settings alone."""

import re

import pytest
import yaml
from django.conf import LazySettings
from django.test import Client

from p3pd_portal.dasbor.privasi import lama_simpan, read_privasi
from pelatihan.actions.hapus_calon import SIMPAN_CALON
from tests.assertions import visible_text


pytestmark = pytest.mark.django_db


def rows(settings: LazySettings) -> list[dict[str, str]]:
    file = settings.BASE_DIR / "fixtures" / "pemrosesan.yaml"
    told: list[dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))["kegiatan"]
    return told


def test_everybody_reads_what_is_processed_and_what_their_rights_are(client: Client) -> None:
    text = visible_text(client.get("/privasi/"))
    for satu in read_privasi().kegiatan:
        for part in (satu.nama, satu.tujuan, satu.data, satu.dasar, satu.pembaca, satu.simpan, satu.hak):
            assert part
            assert part in text
    assert "3 × 24 jam" in text


def test_nothing_official_is_made_up(client: Client) -> None:
    assert read_privasi().pengendali is None
    assert "Pengendali data Belum ditetapkan. Ditetapkan oleh instansi" in visible_text(client.get("/privasi/"))


def test_a_period_is_never_typed(settings: LazySettings) -> None:
    for row in rows(settings):
        names = re.findall(r"{(\w+)}", row["simpan"])
        assert set(names) <= set(lama_simpan())
        assert not re.search(r"\d", row["simpan"])


def test_the_periods_follow_the_settings(client: Client, settings: LazySettings) -> None:
    settings.RETENSI_PENGADUAN, settings.RETENSI_RAHASIA = 400, 99
    assert "400 hari setelah laporan selesai; laporan rahasia 99 hari" in visible_text(client.get("/privasi/"))


def test_how_long_participants_are_known_is_told_beside_those_who_were_only_proposed(client: Client) -> None:
    text = visible_text(client.get("/privasi/"))
    assert f"dihapus {SIMPAN_CALON.days} hari setelah pelatihannya berakhir. 5 tahun setelah pelatihan berakhir" in text


def test_the_form_and_every_page_lead_there(client: Client, wilayah: object) -> None:
    assert client.get("/lapor/?wilayah=11.01.01").text.count('href="/privasi/"') == 2
    assert 'href="/privasi/"' in client.get("/bantuan/").text
