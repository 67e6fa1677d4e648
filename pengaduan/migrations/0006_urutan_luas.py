from django.db import migrations, models


TERBUKA = frozenset(
    [
        "dibuka_kembali",
        "didisposisi",
        "diproses",
        "ditanggapi",
        "diterima",
        "ditunda",
        "diverifikasi",
        "perlu_dilengkapi",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("pengaduan", "0005_surel_pelapor"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="pengaduan",
            index=models.Index(
                condition=models.Q(("status__in", TERBUKA)), fields=["tenggat", "id"], name="pengaduan_urut_tenggat"
            ),
        ),
        migrations.AddIndex(
            model_name="pengaduan",
            index=models.Index(
                condition=models.Q(("perlu_disaring", True), ("status__in", TERBUKA)),
                fields=["tenggat", "id"],
                name="pengaduan_urut_saring",
            ),
        ),
        migrations.AddIndex(
            model_name="pengaduan",
            index=models.Index(fields=["-diterima_pada", "-id"], name="pengaduan_terbaru"),
        ),
    ]
