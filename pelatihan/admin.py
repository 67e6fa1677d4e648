"""Admin of the curricula: lesson hours that no source tells."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from pelatihan.models import Modul


@admin.register(Modul)
class ModulAdmin(admin.ModelAdmin):
    """Modules come from fixtures/pelatihan/modul.yaml; only their lesson hours are written here, and stay."""

    list_display = ("kode", "jenis", "urutan", "judul", "jp", "sumber")
    list_editable = ("jp",)
    list_filter = ("jenis",)
    readonly_fields: ClassVar = ("kode", "jenis", "urutan", "judul", "halaman", "sumber")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Modul | None = None) -> bool:
        return False
