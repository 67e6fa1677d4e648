import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kecamatan.actions.hari_libur import confirm_usulan, delete_hari_libur, propose_tahun, save_hari_libur
from kecamatan.importers.hari_libur import SUMBER_USULAN
from kecamatan.models import HariLibur, Wilayah
from tests.factories import HariLiburFactory


pytestmark = pytest.mark.django_db
DAY = {"tanggal": datetime.date(2027, 1, 1), "nama": "Tahun Baru", "jenis": "nasional", "sumber": "SKB"}


def test_a_day_of_the_nation_belongs_to_no_region(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    saved = save_hari_libur(by=cast.admin_pusat, wilayah=wilayah["0"], **DAY)
    saved.refresh_from_db()
    assert (saved.wilayah, saved.usulan, saved.updated_by) == (None, False, cast.admin_pusat)
    assert (saved.tanggal, saved.nama, saved.jenis, saved.sumber) == tuple(DAY.values())


def test_a_day_of_a_kabupaten_belongs_to_it(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    saved = save_hari_libur(by=cast.admin_kabupaten, wilayah=wilayah["11.01"], **DAY | {"jenis": "daerah"})
    assert (saved.wilayah, saved.updated_by) == (wilayah["11.01"], cast.admin_kabupaten)


def test_a_changed_day_keeps_its_row_and_a_changed_proposal_counts(
    cast: SimpleNamespace, wilayah: dict[str, Wilayah]
) -> None:
    proposed = HariLiburFactory(tanggal="2027-01-02", usulan=True)
    save_hari_libur(by=cast.admin_pusat, wilayah=wilayah["0"], hari=proposed, **DAY)
    (saved,) = HariLibur.objects.all()
    assert (saved.pk, saved.tanggal, saved.usulan) == (proposed.pk, DAY["tanggal"], False)


def test_a_year_is_proposed_once_and_around_what_stands(cast: SimpleNamespace, wilayah: dict[str, Wilayah]) -> None:
    HariLiburFactory(tanggal="2027-08-17", nama="Proklamasi")
    HariLiburFactory(tanggal="2027-01-01", jenis="daerah", wilayah=wilayah["11.01"])
    n = propose_tahun(by=cast.admin_pusat, tahun=2027)
    proposed = HariLibur.objects.filter(usulan=True)
    assert n == proposed.count() > 15
    assert not proposed.filter(tanggal="2027-08-17").exists()
    assert proposed.filter(tanggal="2027-01-01", wilayah=None).exists()
    assert set(proposed.values_list("sumber", "updated_by")) == {(SUMBER_USULAN, cast.admin_pusat.pk)}
    assert propose_tahun(by=cast.admin_pusat, tahun=2027) == 0


def test_confirmed_proposals_count_with_their_decree(cast: SimpleNamespace) -> None:
    chosen, other = HariLiburFactory(usulan=True), HariLiburFactory(tanggal="2026-07-16", usulan=True)
    before = timezone.now()
    days = HariLibur.objects.filter(pk=chosen.pk)
    assert confirm_usulan(by=cast.admin_pusat, hari=days, sumber="SKB 2027") == 1
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.usulan, chosen.sumber, chosen.updated_by) == (False, "SKB 2027", cast.admin_pusat)
    assert chosen.updated_at >= before
    assert other.usulan


def test_a_day_in_force_keeps_its_decree_when_proposals_are_confirmed(cast: SimpleNamespace) -> None:
    HariLiburFactory(sumber="SKB lama")
    assert confirm_usulan(by=cast.admin_pusat, hari=HariLibur.objects.all(), sumber="SKB baru") == 0
    assert HariLibur.objects.get().sumber == "SKB lama"


def test_deleted_days_are_gone_and_others_stay() -> None:
    gone, stays = HariLiburFactory(), HariLiburFactory(tanggal="2026-07-16")
    assert delete_hari_libur(hari=HariLibur.objects.filter(pk=gone.pk)) == 1
    assert list(HariLibur.objects.all()) == [stays]
