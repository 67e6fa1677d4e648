"""Admin of the small reference tables, for Bina Adwil. Everything daily has a page of its own."""

from django.contrib import admin
from django.db import models
from import_export.admin import ImportExportModelAdmin
from import_export.resources import ModelResource

from kecamatan.models import Bidang


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
