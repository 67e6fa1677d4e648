"""All addresses of the portal. Each stands with its access policy in tests/test_access.py."""

from allauth.account import views as akun
from allauth.account.decorators import secure_admin_login
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as kode
from allauth.mfa.totp import views as totp
from django.contrib import admin
from django.urls import include, path, re_path

import kecamatan.converters  # noqa: F401 - registers <kode:…>
from kecamatan.views import masuk
from p3pd_portal import sehat
from p3pd_portal.dasbor import views as dasbor


handler500 = "p3pd_portal.dasbor.views.terganggu"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

dasbor_urls = [
    path("", dasbor.beranda, name="beranda"),
    path("bantuan/", dasbor.bantuan, name="bantuan"),
    path("mulai/", dasbor.mulai, name="mulai"),
    path("privasi/", dasbor.privasi, name="privasi"),
    path("wilayah/", dasbor.nasional, name="nasional"),
    path("wilayah/<kode:kode>/", dasbor.wilayah, name="wilayah"),
]
akun_urls = [
    path("masuk/", akun.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("keluar/", akun.logout, name="account_logout"),
    path("akun-nonaktif/", akun.account_inactive, name="account_inactive"),
    path("masuk/sso/batal/", masuk.sso_batal, name="socialaccount_login_cancelled"),
    path("masuk/sso/<slug:provider_id>/", masuk.sso_masuk, name="openid_connect_login"),
    path("masuk/sso/<slug:provider_id>/selesai/", masuk.sso_selesai, name="openid_connect_callback"),
    path("sandi/lupa/", akun.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", akun.password_reset_done, name="account_reset_password_done"),
    path("sandi/atur/selesai/", akun.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sandi/atur/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        akun.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("saya/sandi/", akun.password_change, name="account_change_password"),
    path("saya/sandi/baru/", akun.password_set, name="account_set_password"),
    path("saya/konfirmasi/", akun.reauthenticate, name="account_reauthenticate"),
    path("saya/konfirmasi/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("saya/keamanan/", masuk.keamanan, name="mfa_index"),  # allauth's name: it leads here after each change
    path("saya/autentikator/", totp.activate_totp, name="mfa_activate_totp"),
    path("saya/autentikator/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("saya/kode-pemulihan/", kode.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("saya/kode-pemulihan/baru/", kode.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("saya/kode-pemulihan/unduh/", kode.download_recovery_codes, name="mfa_download_recovery_codes"),
]
urlpatterns = [
    path("", include((dasbor_urls, "dasbor"))),
    path("", include("kecamatan.urls")),
    path("", include("layanan_dasar.urls")),
    path("", include("pengaduan.urls")),
    path("", include("pelatihan.urls")),
    path("", include(akun_urls)),
    path("sehat/", sehat.hidup, name="hidup"),
    path("sehat/siap/", sehat.siap, name="siap"),
    path("sehat/antrean/", sehat.antrean, name="antrean"),
    path("sehat/lampiran/", sehat.lampiran, name="lampiran"),
    path("admin/", admin.site.urls),
]
