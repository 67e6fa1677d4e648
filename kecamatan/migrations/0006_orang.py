import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import kecamatan.models.orang
import kecamatan.models.pengguna


class Migration(migrations.Migration):
    dependencies = [
        ("kecamatan", "0005_unit"),
    ]

    operations = [
        BtreeGistExtension(),  # equality beside ranges, for one camat at a time
        migrations.CreateModel(
            name="AnggotaTim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kedudukan",
                    models.CharField(
                        choices=[
                            ("penanggung_jawab", "penanggung jawab"),
                            ("ketua", "ketua"),
                            ("sekretaris", "sekretaris"),
                            ("anggota", "anggota"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "verbose_name": "anggota tim",
                "verbose_name_plural": "anggota tim",
            },
        ),
        migrations.CreateModel(
            name="TimPengelola",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nomor_sk", models.CharField(max_length=100, verbose_name="nomor SK")),
                ("tanggal_sk", models.DateField(verbose_name="tanggal SK")),
            ],
            options={
                "verbose_name": "tim pengelola",
                "verbose_name_plural": "tim pengelola",
            },
        ),
        migrations.AddField(
            model_name="orang",
            name="gelar_belakang",
            field=models.CharField(blank=True, max_length=60, verbose_name="gelar di belakang nama"),
        ),
        migrations.AddField(
            model_name="orang",
            name="gelar_depan",
            field=models.CharField(blank=True, max_length=30, verbose_name="gelar di depan nama"),
        ),
        migrations.AddField(
            model_name="orang",
            name="instansi",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name="orang",
            name="jabatan",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="orang",
            name="telepon",
            field=models.CharField(blank=True, help_text="bentuk E.164", max_length=16, verbose_name="nomor telepon"),
        ),
        migrations.AddField(
            model_name="pengguna",
            name="diundang_pada",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="diundang pada"),
        ),
        migrations.AddField(
            model_name="penugasan",
            name="jenis",
            field=models.CharField(
                choices=[
                    ("definitif", "definitif"),
                    ("plt", "Plt. (pelaksana tugas)"),
                    ("plh", "Plh. (pelaksana harian)"),
                    ("pj", "Pj. (penjabat)"),
                ],
                default="definitif",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="orang",
            name="nip",
            field=models.CharField(
                blank=True,
                error_messages={"unique": "NIP ini sudah dipakai orang lain. Periksa lagi."},
                max_length=18,
                null=True,
                unique=True,
                validators=[kecamatan.models.orang.validate_nip],
                verbose_name="NIP",
            ),
        ),
        migrations.AlterField(
            model_name="pengguna",
            name="email",
            field=models.EmailField(
                error_messages={"unique": "Surel ini sudah dipakai akun lain. Periksa lagi."},
                max_length=254,
                unique=True,
                verbose_name="surel",
            ),
        ),
        migrations.AlterField(
            model_name="penugasan",
            name="peran",
            field=models.CharField(
                choices=[
                    ("admin_pusat", "Admin Pusat (Bina Adwil)"),
                    ("pemantau_pusat", "Pemantau Pusat"),
                    ("sekretariat_bersama", "Sekretariat Bersama P3PD"),
                    ("admin_provinsi", "Admin Provinsi"),
                    ("admin_kabupaten", "Admin Kabupaten"),
                    ("sekda", "Sekretaris Daerah"),
                    ("opd_kabupaten", "OPD Kabupaten"),
                    ("inspektorat", "Inspektorat"),
                    ("pelatih_kabupaten", "Pelatih Kabupaten"),
                    ("penyedia", "Penyedia Pelatihan"),
                    ("camat", "Camat"),
                    ("sekcam", "Sekretaris Kecamatan"),
                    ("verifikator", "Verifikator Kecamatan"),
                    ("operator_kecamatan", "Operator Kecamatan"),
                    ("fasilitator", "Fasilitator Kecamatan"),
                    ("ptpd", "PTPD"),
                    ("upt_kesehatan", "UPT Kesehatan/Puskesmas"),
                    ("upt_pendidikan", "UPT/Korwil Pendidikan"),
                    ("pendamping", "Pendamping Desa"),
                    ("kades", "Kepala Desa"),
                    ("operator_desa", "Operator Desa"),
                    ("bpd", "BPD"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="orang",
            constraint=models.CheckConstraint(
                condition=models.Q(("telepon", ""), ("telepon__regex", "^\\+[1-9]\\d{6,14}$"), _connector="OR"),
                name="orang_telepon_e164",
            ),
        ),
        migrations.AddConstraint(
            model_name="penugasan",
            constraint=models.CheckConstraint(
                condition=models.Q(("jenis", "definitif"), ("sampai__isnull", False), _connector="OR"),
                name="penugasan_pengganti_bertanggal",
                violation_error_message="Plt., Plh., dan Pj. memerlukan tanggal akhir. Isi menurut surat tugasnya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="penugasan",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("jenis", "definitif"), ("peran", "camat")),
                expressions=[
                    ("wilayah", "="),
                    (
                        kecamatan.models.pengguna.RentangTanggal(
                            "mulai", "sampai", django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)
                        ),
                        "&&",
                    ),
                ],
                name="penugasan_satu_camat",
                violation_error_message="Kecamatan ini sudah memiliki camat pada masa itu. Akhiri dahulu penugasannya, atau catat sebagai Plt., Plh., atau Pj.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="penugasan",
            name="penugasan_masa_urut",
            constraint=models.CheckConstraint(
                condition=models.Q(("sampai__isnull", True), ("sampai__gte", models.F("mulai")), _connector="OR"),
                name="penugasan_masa_urut",
                violation_error_message="Tanggal akhir mendahului tanggal mulai. Betulkan salah satunya.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="penugasan",
            name="penugasan_tidak_ganda",
            constraint=models.UniqueConstraint(
                fields=("pengguna", "peran", "wilayah", "mulai"),
                name="penugasan_tidak_ganda",
                violation_error_message="Penugasan ini sudah tercatat untuk orang itu.",
            ),
        ),
        migrations.AddField(
            model_name="anggotatim",
            name="orang",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="keanggotaan_tim", to="kecamatan.orang"
            ),
        ),
        migrations.AddField(
            model_name="timpengelola",
            name="wilayah",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="tim_pengelola", to="kecamatan.wilayah"
            ),
        ),
        migrations.AddField(
            model_name="anggotatim",
            name="tim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="anggota", to="kecamatan.timpengelola"
            ),
        ),
        migrations.CreateModel(
            name="BerkasSK",
            fields=[
                (
                    "tim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="berkas",
                        serialize=False,
                        to="kecamatan.timpengelola",
                    ),
                ),
                ("tipe", models.CharField(max_length=20, verbose_name="tipe media")),
                ("akhiran", models.CharField(max_length=4)),
                ("isi", models.BinaryField()),
            ],
            options={
                "verbose_name": "berkas SK",
                "verbose_name_plural": "berkas SK",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("akhiran", "pdf"), ("tipe", "application/pdf")),
                            models.Q(("akhiran", "jpg"), ("tipe", "image/jpeg")),
                            models.Q(("akhiran", "png"), ("tipe", "image/png")),
                            _connector="OR",
                        ),
                        name="berkas_sk_tipe_dikenal",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="timpengelola",
            constraint=models.CheckConstraint(
                condition=models.Q(("nomor_sk", ""), _negated=True), name="tim_pengelola_nomor_sk_terisi"
            ),
        ),
        migrations.AddConstraint(
            model_name="anggotatim",
            constraint=models.UniqueConstraint(
                fields=("tim", "orang"),
                name="anggota_tim_tidak_ganda",
                violation_error_message="Orang ini sudah menjadi anggota tim.",
            ),
        ),
        migrations.AddConstraint(
            model_name="anggotatim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kedudukan", "ketua")),
                fields=("tim",),
                name="anggota_tim_satu_ketua",
                violation_error_message="Tim ini sudah memiliki ketua. Ubah dahulu kedudukan ketua yang tercatat.",
            ),
        ),
    ]
