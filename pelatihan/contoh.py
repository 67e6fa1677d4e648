"""The fictional training of the demo kabupaten: a ToT that is over and a class of kecamatan staff that runs today.

It goes the way that people go, through the actions; only what lies in the past and what nobody can do afterwards (a
proposal sent in time, a test taken while it was open) is written in bulk.
"""

import datetime
import io
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from kecamatan.models import Orang, Pengguna, Wilayah
from p3pd_portal.lib.berkas_yaml import read_yaml
from p3pd_portal.lib.dokumen import Dokumen, read_dokumen
from p3pd_portal.lib.gain import mark
from pelatihan.actions.angkatan import advance_angkatan, create_angkatan, create_program
from pelatihan.actions.biaya import record_biaya
from pelatihan.actions.evaluasi import fill_lembar
from pelatihan.actions.kelas import create_kelas, place_peserta
from pelatihan.actions.kelulusan import decide_all
from pelatihan.actions.kuota import fill_kuota
from pelatihan.actions.peserta import add_peserta
from pelatihan.actions.presensi import Tanda, mark_presensi
from pelatihan.actions.rtl import create_rtl, report_rtl, verify_rtl
from pelatihan.actions.seleksi import approve
from pelatihan.actions.sertifikat import issue_sertifikat
from pelatihan.actions.soal import IsiButir, import_butir
from pelatihan.actions.tes import compose_tes
from pelatihan.models import (
    Angkatan,
    BerkasUsulan,
    Calon,
    Jawaban,
    Kelas,
    Modul,
    Pengerjaan,
    Peserta,
    Program,
    Sesi,
    StatusCalon,
    StatusUsulan,
    Tes,
    Undangan,
    UnsurPeserta,
    Usulan,
)
from pelatihan.models.data_peserta import DataPeserta
from pelatihan.queries.bukti import bukti
from pelatihan.queries.evaluasi import Sasaran, pertanyaan
from pelatihan.queries.jadwal import MENIT_JP


Data = dict[str, Any]
USAI_HARI = 40
"""Days since the ToT ended: its first follow-up, after thirty days, has been told."""
JAM_TOT = ("08:00", "13:00")
JAM_KELAS = ("07:30", "10:00", "13:00")


@transaction.atomic
def muat_pelatihan(berkas: Path, by: Pengguna) -> None:
    """Load the training of the demo kabupaten; what is there already stays as it is.

    Args:
        by: who runs training there.
    """
    data = read_yaml(berkas)
    kabupaten = Wilayah.objects.in_force().get(kode=data["kabupaten"])
    if Program.objects.filter(wilayah=kabupaten, nama=data["tot"]["program"]).exists():
        return
    tot = _muat_tot(data["tot"], kabupaten, by)
    _muat_aparatur(data["aparatur"], kabupaten, tot, by)


def _muat_tot(data: Data, kabupaten: Wilayah, by: Pengguna) -> Angkatan:
    """Proposed, chosen, trained, tested, judged, certified and followed up once."""
    last = timezone.localdate() - datetime.timedelta(days=USAI_HARI)
    first = last - datetime.timedelta(days=4)
    program = _program(data, "tot", kabupaten, by)
    days = {"mulai": first, "selesai": last, "pembukaan": first, "batas_usulan": first - datetime.timedelta(days=14)}
    angkatan = create_angkatan(
        by=by, program=program, cakupan=[kabupaten], nama=data["nama"], pola_nomor=data["pola_nomor"], **days
    )
    fill_kuota(by=by, angkatan=angkatan, jumlah=data["kuota"], cadangan=1)
    _steps(angkatan, by, "undang", "buka_usulan")
    calon = _usulkan(data, angkatan, kabupaten)
    _steps(angkatan, by, "seleksi")
    approve(by=by, angkatan=angkatan, calon=[satu.pk for satu in calon])
    kelas = create_kelas(by=by, angkatan=angkatan, nama="Kelas A", wilayah=kabupaten, tempat=data["tempat"])
    place_peserta(by=by, kelas=kelas, peserta=angkatan.peserta.values_list("pk", flat=True))
    _steps(angkatan, by, "tetapkan", "mulai")
    peserta = _in_order(angkatan, data["peserta"])
    narasumber = Orang.objects.bulk_create(Orang(nama=nama) for nama in data["narasumber"])
    sesi = _jadwal(kelas, JAM_TOT, narasumber, jp=4)
    _hadirkan(sesi, data["peserta"], peserta, by)
    for jenis, day in (("pra", first), ("pasca", last)):
        _kerjakan(_tes(angkatan, jenis, day, by), jenis, data["peserta"], peserta)
    _rencanakan(data["rtl"], peserta, by)
    _nilai(data, peserta, [Sasaran(), Sasaran(sesi[0], narasumber[0])])
    _steps(angkatan, by, "evaluasi")
    decide_all(by=by, angkatan=angkatan, bukti=bukti(angkatan))
    issue_sertifikat(by=by, angkatan=angkatan, tanggal=last, **data["sertifikat"])
    _steps(angkatan, by, "selesai")
    for satu in data["biaya"]:
        record_biaya(by=by, angkatan=angkatan, **satu)
    return angkatan


def _muat_aparatur(data: Data, kabupaten: Wilayah, tot: Angkatan, by: Pengguna) -> None:
    """A class that began yesterday, taught by graduates of the ToT; its last test waits."""
    first = timezone.localdate() - datetime.timedelta(days=1)
    last = first + datetime.timedelta(days=2)
    program = _program(data, "aparatur", kabupaten, by)
    days = {"mulai": first, "selesai": last, "pembukaan": first}
    angkatan = create_angkatan(by=by, program=program, cakupan=[kabupaten], nama=data["nama"], induk=tot, **days)
    place = Wilayah.objects.in_force().get(kode=data["kelas_di"])
    kelas = create_kelas(by=by, angkatan=angkatan, nama="Kelas Melati", wilayah=place, tempat=data["tempat"])
    peserta = _tambah(data["peserta"], kelas, by)
    _steps(angkatan, by, "tetapkan", "mulai")
    sesi = _jadwal(kelas, JAM_KELAS, Orang.objects.filter(nip__in=data["pelatih"]).order_by("nip"), jp=2)
    over = [satu for satu in sesi if satu.selesai <= timezone.now()]
    _hadirkan(over, data["peserta"], peserta, by)
    _kerjakan(_tes(angkatan, "pra", first, by), "pra", data["peserta"], peserta)
    _tes(angkatan, "pasca", last, by)
    _rencanakan(data["rtl"], peserta, by)


def _program(data: Data, jenis: str, kabupaten: Wilayah, by: Pengguna) -> Program:
    """The programme with its question bank; of every question the first choice is right."""
    text = "Program rekaan Kabupaten Contoh."
    program = create_program(by=by, wilayah=kabupaten, nama=data["program"], jenis=jenis, keterangan=text)
    modul = Modul.objects.in_bulk()
    rows = (IsiButir(satu["teks"], satu["pilihan"], 0, modul[satu["modul"]]) for satu in data["soal"])
    import_butir(by=by, program=program, rows=rows)
    return program


def _steps(angkatan: Angkatan, by: Pengguna, *langkah: str) -> None:
    for satu in langkah:
        angkatan.status = advance_angkatan(by=by, angkatan=angkatan, langkah=satu).status


def _usulkan(data: Data, angkatan: Angkatan, kabupaten: Wilayah) -> list[Calon]:
    """The proposal as its office sent it, in time."""
    sent = timezone.now() - datetime.timedelta(days=USAI_HARI + 21)
    undangan = Undangan.objects.create(
        angkatan=angkatan, wilayah=kabupaten, surel="setda@contoh.test", dikirim_pada=sent
    )
    usulan = Usulan.objects.create(
        undangan=undangan, status=StatusUsulan.TERKIRIM, tanggal_surat=sent.date(), dikirim_pada=sent, **data["surat"]
    )
    BerkasUsulan.objects.create(usulan=usulan, **vars(_gambar("Surat usulan (contoh)")))
    unsur = UnsurPeserta.objects.in_bulk()
    return Calon.objects.bulk_create(
        Calon(
            usulan=usulan, unsur=unsur[row["unsur"]], wilayah=kabupaten, nama=row["nama"], nip=row["nip"],
            jenis_kelamin="L" if row["nip"][14] == "1" else "P", jabatan="Analis", telepon=_telepon(urutan),
            instansi=f"{unsur[row['unsur']]} Kabupaten Contoh", urutan=urutan, status=StatusCalon.LENGKAP,
        )
        for urutan, row in enumerate(data["peserta"], 1)
    )  # fmt: skip


def _telepon(nomor: int) -> str:
    """A number that nobody can have."""
    return f"+62800000{nomor:05}"


def _gambar(teks: str) -> Dokumen:
    """A sheet with some words on it, for what is scanned or photographed."""
    out, sheet = io.BytesIO(), Image.new("L", (420, 120), 255)
    ImageDraw.Draw(sheet).text((20, 50), teks, fill=0)
    sheet.save(out, "PNG")
    return read_dokumen(out.getvalue())


def _in_order(angkatan: Angkatan, rows: Sequence[Data]) -> list[Peserta]:
    """The participants, in the order of the file; whoever is in reserve is none."""
    known = {satu.orang.nip: satu for satu in angkatan.peserta.select_related("orang", "angkatan", "wilayah")}
    return [known[row["nip"]] for row in rows if row["nip"] in known]


def _tambah(rows: Sequence[Data], kelas: Kelas, by: Pengguna) -> list[Peserta]:
    wilayah = {satu.kode: satu for satu in Wilayah.objects.in_force().filter(kode__in=[row["wilayah"] for row in rows])}
    unsur = UnsurPeserta.objects.in_bulk()
    for number, row in enumerate(rows, 51):
        told = DataPeserta(
            row["nama"], wilayah[row["wilayah"]], nip=row["nip"], jabatan=unsur[row["unsur"]].nama,
            instansi=wilayah[row["wilayah"]].nama_lengkap, telepon=_telepon(number), unsur=unsur[row["unsur"]],
            kelas=kelas,
        )  # fmt: skip
        add_peserta(by=by, angkatan=kelas.angkatan, data=told)
    return _in_order(kelas.angkatan, rows)


def _jadwal(kelas: Kelas, jam: Sequence[str], pelatih: Iterable[Orang], jp: int) -> list[Sesi]:
    """Every module of the curriculum, so many a day, its trainers in turn; nothing clashes with a single class."""
    first, rows = kelas.angkatan.mulai or timezone.localdate(), []
    for number, modul in enumerate(Modul.objects.filter(jenis=kelas.angkatan.program.jenis).order_by("urutan")):
        day = first + datetime.timedelta(days=number // len(jam))
        begin = datetime.datetime.combine(day, datetime.time.fromisoformat(jam[number % len(jam)]), kelas.zona_waktu)
        end = begin + datetime.timedelta(minutes=jp * MENIT_JP)
        rows.append(Sesi(kelas=kelas, mulai=begin, selesai=end, jp=jp, modul=modul, judul=modul.judul))
    made = Sesi.objects.bulk_create(rows)
    turns = zip(made, itertools.cycle(pelatih), strict=False)
    Sesi.pelatih.through.objects.bulk_create(Sesi.pelatih.through(sesi=satu, orang=orang) for satu, orang in turns)
    return made


def _hadirkan(sesi: Sequence[Sesi], rows: Sequence[Data], peserta: Sequence[Peserta], by: Pengguna) -> None:
    """Everybody was there, but for the sessions (from 1) that the file names."""
    missed = {satu.pk: row.get("tidak", ()) for row, satu in zip(rows, peserta, strict=False)}
    for number, satu in enumerate(sesi, 1):
        tanda = {pk: Tanda("", "izin" if number in gone else "hadir") for pk, gone in missed.items()}
        mark_presensi(by=by, sesi=satu, tanda=tanda)


def _tes(angkatan: Angkatan, jenis: str, day: datetime.date, by: Pengguna) -> Tes:
    """A test of the whole bank, open for a day by the clock of the capital."""
    buka = timezone.make_aware(datetime.datetime.combine(day, datetime.time(0, 30)))
    bobot = dict.fromkeys(angkatan.program.butir.aktif().values_list("pk", flat=True), 1)
    tutup = buka + datetime.timedelta(hours=23)
    return compose_tes(by=by, angkatan=angkatan, jenis=jenis, bobot=bobot, buka=buka, tutup=tutup, menit=30)


def _kerjakan(tes: Tes, kolom: str, rows: Sequence[Data], peserta: Sequence[Peserta]) -> None:
    """What everybody answered while the test was open."""
    butir = [satu.butir for satu in tes.butir.select_related("butir").prefetch_related("butir__pilihan")]
    told = {satu.pk: row[kolom] for row, satu in zip(rows, peserta, strict=False) if kolom in row}
    begun = tes.buka + datetime.timedelta(hours=7)
    length = datetime.timedelta(minutes=20)
    done = Pengerjaan.objects.bulk_create(
        Pengerjaan(
            tes=tes, peserta_id=pk, mulai=begun, batas=begun + datetime.timedelta(minutes=30), kirim=begun + length,
            skor=mark(signs.count("1"), len(butir)),
        )
        for pk, signs in told.items()
    )  # fmt: skip
    Jawaban.objects.bulk_create(
        Jawaban(pengerjaan=satu, butir=soal, pilihan=next(p for p in soal.pilihan.all() if p.benar == (sign == "1")))
        for satu in done
        for soal, sign in zip(butir, told[satu.peserta_id], strict=True)
    )


def _rencanakan(rows: Iterable[Data], peserta: Sequence[Peserta], by: Pengguna) -> None:
    """Plans; of some is told how they went, and whoever runs the cohort accepted it."""
    desa = {satu.kode: satu for satu in Wilayah.objects.in_force().filter(kode__in=[row["desa"] for row in rows])}
    until = timezone.localdate() + datetime.timedelta(days=60)
    for row in rows:
        satu = peserta[row["peserta"] - 1]
        plan = create_rtl(
            peserta=satu, masalah=row["masalah"], kode_indikator=row["indikator"], kegiatan=row["kegiatan"],
            target=row["target"], desa=desa[row["desa"]], tenggat=until,
            penanggung_jawab=satu.orang.instansi or satu.wilayah.nama_lengkap,
        )  # fmt: skip
        if "keadaan" in row:
            evidence = _gambar("Bukti kegiatan (contoh)") if row["keadaan"] == "selesai" else None
            asked = plan.pemantauan.get(tonggak=30)
            report_rtl(peserta=satu, pemantauan=asked, keadaan=row["keadaan"], uraian=row["uraian"], bukti=evidence)
            verify_rtl(by=by, pemantauan=asked, hasil="diterima")


def _nilai(data: Data, peserta: Sequence[Peserta], sasaran: Iterable[Sasaran]) -> None:
    """Sheets of some of the participants, filled alike for trainer and organiser."""
    for about in sasaran:
        codes = [satu.kode for satu in pertanyaan(about.jenis)]
        for satu, signs in zip(peserta, data["evaluasi"], strict=False):
            values = dict(zip(codes, map(int, signs), strict=False))
            saran = data["saran"] if satu == peserta[0] else ""
            fill_lembar(peserta=satu, sasaran=about, nilai=values, saran=saran)
