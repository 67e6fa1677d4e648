"""Admin of the small reference tables, for Bina Adwil. Everything daily has a page of its own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from import_export.admin import ImportExportModelAdmin
from import_export.resources import ModelResource

from kecamatan.admin import resource_by_kode
from kecamatan.permissions import PERAN, Izin
from layanan_dasar.models import (
    AturanBelanja,
    AturanIsian,
    Dataset,
    Indikator,
    Kegiatan,
    ParameterIbdb,
    PetaKolom,
    Rekening,
    SumberDana,
)


@admin.register(Kegiatan)
class KegiatanAdmin(ImportExportModelAdmin):
    resource_classes = [resource_by_kode(Kegiatan)]
    list_display = ("kode", "nama", "sumber")
    list_filter = ("sumber",)
    search_fields = ("kode", "nama")


@admin.register(Rekening)
class RekeningAdmin(ImportExportModelAdmin):
    resource_classes = [resource_by_kode(Rekening)]
    list_display = ("kode", "nama")
    search_fields = ("kode", "nama")


@admin.register(SumberDana)
class SumberDanaAdmin(ImportExportModelAdmin):
    resource_classes = [resource_by_kode(SumberDana)]
    list_display = ("kode", "nama")


@admin.register(Indikator)
class IndikatorAdmin(ImportExportModelAdmin):
    resource_classes = [resource_by_kode(Indikator)]
    list_display = ("kode", "nama", "bidang", "arah", "frekuensi", "keyakinan")
    list_filter = ("bidang", "frekuensi", "keyakinan")
    search_fields = ("kode", "nama")


@admin.register(PetaKolom)
class PetaKolomAdmin(admin.ModelAdmin):
    """Which columns of a published list feed which indicators."""

    list_display = ("kode", "nama", "sumber")


class AturanBelanjaResource(ModelResource):
    """Rules by code and first year; what they judge is judged again after an import."""

    class Meta:
        model = AturanBelanja
        import_id_fields = ("kode", "tahun_dari")
        exclude = ("id",)
        skip_unchanged = True


@admin.register(AturanBelanja)
class AturanBelanjaAdmin(ImportExportModelAdmin):
    resource_classes = [AturanBelanjaResource]
    list_display = ("nama", "jenis", "persen", "basis", "tahun_dari", "tahun_sampai", "keyakinan")
    list_filter = ("tahun_dari", "jenis", "keyakinan")
    search_fields = ("kode", "nama", "dasar_hukum")

    def has_delete_permission(self, request: HttpRequest, obj: AturanBelanja | None = None) -> bool:
        """A rule that ended keeps its last year; what was judged by it stays."""
        return False


class ParameterIbdbResource(ModelResource):
    """Versions of the parameters; one by which an index was computed is never changed by an import."""

    class Meta:
        model = ParameterIbdb
        import_id_fields = ("versi",)
        skip_unchanged = True

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        used = ParameterIbdb.objects.filter(versi=instance.versi, indeks__isnull=False).exists()
        return used or super().skip_row(instance, original, row, import_validation_errors)


@admin.register(ParameterIbdb)
class ParameterIbdbAdmin(ImportExportModelAdmin):
    resource_classes = [ParameterIbdbResource]
    list_display = ("versi", "aktif", "target_alokasi", "batas_overhead", "bobot_minimum", "catatan")

    def get_readonly_fields(self, request: HttpRequest, obj: ParameterIbdb | None = None) -> list[str]:
        """Of a version by which an index was computed only whether it is in use may change: a change of its numbers
        is a new version."""
        if obj is None or not obj.indeks.exists():
            return []
        return [field.name for field in ParameterIbdb._meta.fields if field.name != "aktif"]


class _TetapAda(admin.ModelAdmin):
    """Rows that sheets refer to: never deleted, so that reading the fixtures again does not bring them back, and what
    tells them apart never changed."""

    tetap: tuple[str, ...] = ("kode",)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return self.tetap if obj else ()


class DatasetForm(forms.ModelForm):
    """Filled in by roles that carry the permission to do so."""

    pengisi = forms.MultipleChoiceField(
        choices=[(kode, peran.label) for kode, peran in PERAN.items() if Izin.ISI_CAPAIAN in peran.izin],
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(Dataset)
class DatasetAdmin(_TetapAda):
    """Who fills in which figures by when. One that is no longer asked for is made inactive."""

    form = DatasetForm
    tetap = ("kode", "bidang", "frekuensi")
    list_display = ("nama", "frekuensi", "pengisi", "hari_tenggat", "hari_tenggang", "dari", "aktif")
    list_filter = ("bidang", "frekuensi", "aktif")


@admin.register(AturanIsian)
class AturanIsianAdmin(_TetapAda):
    """Rules of sheets. One that is no longer asked gets a last day."""

    list_display = ("kode", "tingkat", "cakupan", "ekspresi", "dari", "sampai")
    list_filter = ("tingkat", "cakupan")
    search_fields = ("kode", "ekspresi", "pesan")
