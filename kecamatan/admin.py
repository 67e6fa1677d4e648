"""Admin of the small reference tables, for Bina Adwil. Everything daily has a page of its own."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from import_export.admin import ImportExportModelAdmin
from import_export.resources import ModelResource

from kecamatan.importers.sebutan import apply_sebutan
from kecamatan.models import AturanDaerah, Bidang


def resource_by_kode(model_class: type[models.Model]) -> type[ModelResource]:
    """Import and export of a reference table keyed by `kode`."""

    class KodeResource(ModelResource):
        class Meta:
            model = model_class
            import_id_fields = ("kode",)
            skip_unchanged = True

    return KodeResource


@admin.register(Bidang)
class BidangAdmin(ImportExportModelAdmin):
    resource_classes = [resource_by_kode(Bidang)]
    list_display = ("kode", "nama", "urutan")


@admin.register(AturanDaerah)
class AturanDaerahAdmin(admin.ModelAdmin):
    """Words and clocks of provinces and kabupaten. A rule is changed, never deleted, so that reading the fixtures
    again does not bring it back.
    """

    list_display = ("kode", "sebutan_kecamatan", "sebutan_desa", "zona_waktu", "keyakinan", "sumber")
    list_filter = ("zona_waktu", "keyakinan")
    search_fields = ("kode", "sebutan_kecamatan", "sebutan_desa")

    def has_delete_permission(self, request: HttpRequest, obj: AturanDaerah | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: AturanDaerah, form: Any, change: bool) -> None:
        """Names on every page follow at once."""
        super().save_model(request, obj, form, change)
        apply_sebutan()
