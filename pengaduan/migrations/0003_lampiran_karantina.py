from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pengaduan", "0002_meja"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="lampiran",
            index=models.Index(condition=models.Q(("status", "karantina")), fields=["id"], name="lampiran_karantina"),
        ),
    ]
