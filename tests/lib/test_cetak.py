"""One letter in three forms."""

import base64
import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from p3pd_portal.lib import cetak
from p3pd_portal.lib.cetak import Bagian, Foto, Kop, Poster, Surat, Tabel, TandaTangan
from p3pd_portal.lib.qr import qr


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 50), "navy").save(out, "PNG")
    return out.getvalue()


def surat(**kwargs: object) -> Surat:
    tabel = Tabel(("Yang diperiksa", "Hasil"), [("Keseimbangan", "patuh"), ("<b>70/30</b>", "patuh")], (70, 30))
    isi = {
        "kop": Kop(["Pemerintah Kabupaten Satu", "Kecamatan Alfa"], "Jalan Merdeka 1", logo(), "image/png"),
        "judul": ["KEPUTUSAN CAMAT ALFA", "NOMOR 7"],
        "bagian": [
            Bagian("Menimbang", ["a. bahwa satu;", "b. bahwa dua;"]),
            Bagian(paragraf=["Tanpa label."], judul="MEMUTUSKAN"),
        ],
        "tanda_tangan": TandaTangan("Alfa, 1 Desember 2025", "Camat Alfa", "Budi", "198001012005011001"),
        "tembusan": ["Bupati Satu"],
        "lampiran": [Bagian(judul="LAMPIRAN", tabel=tabel)],
    }
    return Surat(**(isi | kwargs))


def test_the_page_to_print_holds_every_part_and_escapes_text() -> None:
    page = cetak.to_html(surat())
    for part in ("Kecamatan Alfa", "NOMOR 7", "b. bahwa dua;", "MEMUTUSKAN", "NIP 198001012005011001", "Bupati Satu"):
        assert part in page
    assert "&lt;b&gt;70/30" in page
    assert 'href="/static/css/cetak.css"' in page


def test_the_page_for_a_pdf_asks_for_nothing_from_outside() -> None:
    page = cetak.to_html(surat(), cetak=False)
    assert "<link" not in page
    assert f"data:image/png;base64,{base64.b64encode(logo()).decode()}" in page


def test_a_letter_without_emblem_nip_and_copies_leaves_no_gaps() -> None:
    plain = surat(kop=Kop(["Kecamatan Alfa"]), tanda_tangan=TandaTangan("Alfa", "Camat", "…"), tembusan=())
    page = cetak.to_html(plain)
    assert "<img" not in page
    assert "NIP" not in page
    assert "Tembusan" not in page


@pytest.mark.parametrize("name", ["weasyprint", "docx"])
@pytest.mark.parametrize("error", [ImportError("tidak ada"), OSError("libpango tidak ada")], ids=["library", "Pango"])
def test_what_is_missing_on_the_server_is_said(name: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(asked: str) -> object:
        assert asked == name
        raise error

    asked, draw = (cetak.pdf_tersedia, cetak.to_pdf) if name == "weasyprint" else (cetak.docx_tersedia, cetak.to_docx)
    monkeypatch.setattr(cetak, "import_module", missing)
    asked.cache_clear()
    try:
        assert not asked()
        with pytest.raises(cetak.BelumTersedia):
            draw(surat())
    finally:
        asked.cache_clear()


def test_a_library_that_is_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cetak, "import_module", lambda name: object())
    cetak.pdf_tersedia.cache_clear()
    assert cetak.pdf_tersedia()
    cetak.pdf_tersedia.cache_clear()


def test_a_pdf_is_drawn() -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint atau Pango tidak terpasang", exc_type=(ImportError, OSError))
    content = cetak.to_pdf(surat())
    assert content.startswith(b"%PDF-")
    assert len(content) > 5000


@pytest.mark.parametrize("isi", [{}, {"kop": Kop(["Kecamatan Alfa"]), "tembusan": ()}], ids=["full", "plain"])
def test_a_word_file_is_drawn(isi: dict[str, object]) -> None:
    docx = pytest.importorskip("docx", reason="python-docx tidak terpasang")
    dokumen = docx.Document(io.BytesIO(cetak.to_docx(surat(**isi))))
    text = "\n".join(paragraph.text for paragraph in dokumen.paragraphs)
    assert "NOMOR 7" in text
    assert "NIP 198001012005011001" in text
    cells = [cell.text for table in dokumen.tables for row in table.rows for cell in row.cells]
    assert {"Menimbang", "<b>70/30</b>"} <= set(cells)


def foto(n: int) -> Bagian:
    return Bagian(judul="Foto", foto=[Foto(logo(), "image/png", f"Foto <{number}>") for number in range(n)])


def test_photographs_stand_in_the_page_with_their_words() -> None:
    page = cetak.to_html(surat(lampiran=[foto(2)]), cetak=False)
    assert page.count(base64.b64encode(logo()).decode()) == 3  # with the emblem
    assert "<figcaption>Foto &lt;1&gt;</figcaption>" in page
    assert "<figure>" not in cetak.to_html(surat())


def test_six_photographs_fill_a_page_of_their_own() -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint atau Pango tidak terpasang", exc_type=(ImportError, OSError))
    content = cetak.to_pdf(surat(lampiran=[foto(6), foto(1)]))
    assert [page.get_textpage().get_text_bounded().count("Foto <") for page in pypdfium2.PdfDocument(content)] == [
        0, 6, 1
    ]  # fmt: skip


def test_a_word_file_holds_the_photographs_too() -> None:
    docx = pytest.importorskip("docx", reason="python-docx tidak terpasang")
    dokumen = docx.Document(io.BytesIO(cetak.to_docx(surat(kop=Kop(["Kecamatan Alfa"]), lampiran=[foto(2)]))))
    assert len(dokumen.inline_shapes) == 2
    assert "Foto <1>" in [paragraph.text for paragraph in dokumen.paragraphs]


POSTER = Poster(Kop(["Kecamatan Alfa"]), ["Bagaimana layanan kami?", "Puskesmas"], "Pindai.", qr("https://a.test/s/"),
                "https://a.test/s/", ["Sampai 5 Mei"])  # fmt: skip


def test_a_poster_shows_the_code_and_the_address_beside_it() -> None:
    page = cetak.to_html(POSTER)
    for part in (
        "Kecamatan Alfa",
        "Bagaimana layanan kami?",
        POSTER.qr.jalur,
        '<p class="alamat-tautan">https://a.test',
    ):
        assert part in page
    assert 'role="img" aria-label="Kode QR ke alamat di bawahnya"' in page


def test_the_code_on_a_printed_poster_is_read_by_another_program() -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint atau Pango tidak terpasang", exc_type=(ImportError, OSError))
    sheet = pypdfium2.PdfDocument(cetak.to_pdf(POSTER))
    assert len(sheet) == 1
    assert [found.text for found in zxingcpp.read_barcodes(sheet[0].render(scale=2).to_pil())] == ["https://a.test/s/"]
