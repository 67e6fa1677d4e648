"""Admin of the small reference tables, for Bina Adwil. Everything daily has a page of its own."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from kecamatan.admin import resource_by_kode
from layanan_dasar.models import Indikator, Kegiatan, Rekening, SumberDana


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
