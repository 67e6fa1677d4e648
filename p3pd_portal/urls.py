"""All addresses of the portal. Each stands with its access policy in tests/test_access.py."""

from allauth.account import views as akun
from allauth.account.decorators import secure_admin_login
from allauth.mfa.base import views as mfa
from django.contrib import admin
from django.urls import include, path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from p3pd_portal import sehat
from p3pd_portal.dasbor import views as dasbor


admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

dasbor_urls = [
    path("", dasbor.beranda, name="beranda"),
    path("bantuan/", dasbor.bantuan, name="bantuan"),
    path("mulai/", dasbor.mulai, name="mulai"),
    path("wilayah/", dasbor.nasional, name="nasional"),
    path("wilayah/<kode:kode>/", dasbor.wilayah, name="wilayah"),
]
akun_urls = [
    path("masuk/", akun.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("keluar/", akun.logout, name="account_logout"),
    path("akun-nonaktif/", akun.account_inactive, name="account_inactive"),
]
urlpatterns = [
    path("", include((dasbor_urls, "dasbor"))),
    path("", include("kecamatan.urls")),
    path("", include("layanan_dasar.urls")),
    path("", include(akun_urls)),
    path("sehat/", sehat.hidup, name="hidup"),
    path("sehat/siap/", sehat.siap, name="siap"),
    path("admin/", admin.site.urls),
]
