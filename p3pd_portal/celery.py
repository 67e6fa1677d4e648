"""The Celery application: `celery -A p3pd_portal worker` and `… beat`."""

import os

from celery import Celery


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p3pd_portal.settings")

app = Celery("p3pd_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
