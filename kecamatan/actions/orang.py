"""Give people accounts and work, and end both."""

import datetime
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from kecamatan.actions.notifikasi import send_surel
from kecamatan.models import Orang, Pengguna, Penugasan, Tingkat, Wilayah
from kecamatan.models.data_orang import DataOrang, DataTugas
from kecamatan.permissions import PERAN


@transaction.atomic
def create_pengguna(
    *,
    nama: str,
    email: str,
    peran: str,
    wilayah: Wilayah,
    mulai: datetime.date,
    nip: str | None = None,
    dasar: str = "",
    password: str | None = None,
    superuser: bool = False,
) -> Pengguna:
    """Create a person with an account and a first assignment. Without a password nobody can log in yet.

    For the first accounts of a portal; everybody else is invited.
    """
    orang = Orang.objects.create(nama=nama, nip=nip)
    pengguna = Pengguna.objects.create_user(email, password, orang=orang, is_superuser=superuser)
    Penugasan.objects.create(pengguna=pengguna, peran=peran, wilayah=wilayah, mulai=mulai, dasar=dasar)
    return pengguna


# Accounts


@transaction.atomic
def invite(*, by: Pengguna, orang: DataOrang, tugas: DataTugas) -> Penugasan:
    """Give somebody work, and an account with an invitation where there is none yet.

    A person who has an account (by e-mail address and NIP) keeps it with what it says: only the work is added.

    Raises:
        ValidationError: by field, what is wrong and how to repair it.
    """
    pengguna = find_account(orang)
    if pengguna is None:
        check_tugas(by, tugas)
        pengguna = _create_account(orang)
        send_surel(kepada=pengguna, templat="undangan")
    return assign(by=by, pengguna=pengguna, tugas=tugas)


def find_account(orang: DataOrang) -> Pengguna | None:
    """The account of a person, None if there is none.

    Raises:
        ValidationError: e-mail address and NIP belong to two accounts, or only one of them to this person.
    """
    by_email = Pengguna.objects.filter(email=orang.surel.lower()).select_related("orang").first()
    by_nip = Pengguna.objects.filter(orang__nip=orang.nip).first() if orang.nip else None
    if by_email is not None and orang.nip and by_email != by_nip:
        raise ValidationError({"surel": "Surel ini milik akun dengan NIP lain. Periksa surel dan NIP."})
    if by_nip is not None and by_email is None:
        raise ValidationError({"nip": "NIP ini sudah memiliki akun dengan surel lain. Tulis surel akun itu."})
    return by_email


def _create_account(data: DataOrang) -> Pengguna:
    known = Orang.objects.filter(nip=data.nip).first() if data.nip else None
    orang = known or _fill(Orang(nip=data.nip), data)
    orang.save()
    pengguna = Pengguna(orang=orang, email=data.surel.lower(), diundang_pada=timezone.now())
    pengguna.set_unusable_password()
    pengguna.full_clean(validate_constraints=False)
    pengguna.save()
    return pengguna


def _fill(orang: Orang, data: DataOrang) -> Orang:
    for name in ("nama", "gelar_depan", "gelar_belakang", "jabatan", "instansi", "telepon"):
        setattr(orang, name, getattr(data, name))
    orang.full_clean()
    return orang


@transaction.atomic
def update_orang(*, by: Pengguna, pengguna: Pengguna, data: DataOrang) -> None:
    """Correct what is known of a person: everybody their own, and whoever manages the account also its NIP and, as
    long as the invitation waits, its e-mail address (later it is the door to the account).

    Raises:
        PermissionDenied: neither the holder nor a manager.
        ValidationError: by field.
    """
    orang = pengguna.orang
    if by != pengguna:
        _check_manages(by, pengguna)
        orang.nip = data.nip
        if pengguna.is_waiting and data.surel.lower() != pengguna.email:
            pengguna.email = data.surel.lower()
            pengguna.full_clean(validate_constraints=False)
            _renew_invitation(pengguna)
    _fill(orang, data).save()


@transaction.atomic
def resend_undangan(*, by: Pengguna, pengguna: Pengguna) -> None:
    """Send a new link and make the earlier ones worthless.

    Raises:
        ValidationError: the account has a password, or was disabled.
    """
    _check_manages(by, pengguna)
    if not pengguna.is_waiting:
        raise ValidationError("Akun ini tidak menunggu undangan: sudah memiliki kata sandi atau dinonaktifkan.")
    _renew_invitation(pengguna)


def _renew_invitation(pengguna: Pengguna) -> None:
    pengguna.set_unusable_password()  # a new random one: links that were sent before no longer fit
    pengguna.diundang_pada = timezone.now()
    pengguna.save()
    send_surel(kepada=pengguna, templat="undangan")


@transaction.atomic
def disable_pengguna(*, by: Pengguna, pengguna: Pengguna) -> None:
    """Close an account at once, its invitation too; the assignments stay as they are."""
    _check_manages(by, pengguna)
    pengguna.is_active = False
    if not pengguna.has_usable_password():
        pengguna.set_unusable_password()
    pengguna.save(update_fields=["is_active", "password"])


@transaction.atomic
def enable_pengguna(*, by: Pengguna, pengguna: Pengguna) -> None:
    """Open a closed account again."""
    _check_manages(by, pengguna)
    pengguna.is_active = True
    pengguna.save(update_fields=["is_active"])


def _check_manages(by: Pengguna, pengguna: Pengguna) -> None:
    if not by.may_manage(pengguna):
        raise PermissionDenied


# Assignments


@transaction.atomic
def assign(*, by: Pengguna, pengguna: Pengguna, tugas: DataTugas) -> Penugasan:
    """Give an account a role in a region.

    Raises:
        ValidationError: by field; outside the giver's scope too.
    """
    check_tugas(by, tugas)
    if pengguna == by:
        raise ValidationError("Penugasan Anda sendiri dicatat oleh admin lain.")
    if not pengguna.is_active:
        raise ValidationError({"surel": "Akun ini dinonaktifkan. Aktifkan dahulu, lalu beri penugasan."})
    # One at a time per region, so that two people who appoint a camat at once get a sentence and not a broken page.
    Wilayah.objects.select_for_update(no_key=True).get(pk=tugas.wilayah.pk)
    values = {name: value for name, value in vars(tugas).items() if name != "desa"}
    penugasan = Penugasan(pengguna=pengguna, **values)
    penugasan.full_clean()
    penugasan.save()
    penugasan.desa.set(tugas.desa)
    return penugasan


def check_tugas(by: Pengguna, tugas: DataTugas) -> None:
    """Raises:
    ValidationError: the role is not given at this level or not by this person, or the list of desa does not fit.
    """
    peran, wilayah = PERAN[tugas.peran], tugas.wilayah
    if wilayah.tingkat not in peran.tingkat:
        levels = ", ".join(Tingkat(tingkat).label for tingkat in sorted(peran.tingkat))
        raise ValidationError({"wilayah": f"{peran.label} ditugaskan pada tingkat {levels}, bukan {wilayah.jenis}."})
    if not by.may_assign(tugas.peran, wilayah):
        where = f"{peran.label} di {wilayah.nama_lengkap}"
        raise ValidationError({"wilayah": f"Anda tidak berwenang menugaskan {where}. Mintalah admin di atasnya."})
    if tugas.desa and not peran.daftar_desa:
        raise ValidationError({"desa": f"{peran.label} bertugas di seluruh wilayahnya. Kosongkan daftar desa."})
    for desa in tugas.desa:
        if desa.tingkat != Tingkat.DESA or desa.kode[:5] != wilayah.kode[:5] or not by.may_assign(tugas.peran, desa):
            raise ValidationError(
                {"desa": f"{desa.nama_lengkap} bukan desa di kabupaten/kota yang sama dan di wilayah tugas Anda."}
            )


@transaction.atomic
def end_assignment(
    *, by: Pengguna, penugasan: Penugasan, sampai: datetime.date, penerus: Pengguna | None = None
) -> Penugasan | None:
    """End an assignment on a day (mutasi) and, if a successor is named, give them the same work from the next day.

    Returns:
        The successor's assignment.

    Raises:
        PermissionDenied: the role and region are not this person's to give, or are their own.
        ValidationError: it ended before, or the day does not fit.
    """
    penugasan = Penugasan.objects.select_for_update(of=["self"]).select_related("wilayah").get(pk=penugasan.pk)
    if penugasan.pengguna_id == by.pk or not by.may_assign(penugasan.peran, penugasan.wilayah):
        raise PermissionDenied
    if penugasan.is_over:
        raise ValidationError("Penugasan ini sudah berakhir.")
    if penugasan.sampai is not None and sampai > penugasan.sampai:
        raise ValidationError(
            {"sampai": "Tanggal ini sesudah akhir masa tugas. Perpanjangan dicatat sebagai penugasan."}
        )
    penugasan.sampai = sampai
    penugasan.full_clean()
    penugasan.save()
    if penerus is None:
        return None
    tugas = DataTugas(penugasan.peran, penugasan.wilayah, sampai + datetime.timedelta(days=1))
    return assign(by=by, pengguna=penerus, tugas=replace(tugas, desa=tuple(penugasan.desa.all())))
