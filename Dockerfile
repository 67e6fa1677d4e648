# One image for web, worker, beat and siapkan; docker-compose.yml says who runs which command.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PORTAL_STATIC=/srv/static

# The portal writes to beat's schedule and to /tmp; its code and static files belong to root.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install --directory --owner portal /srv/jadwal
# Pango and a font draw letters as PDF.
RUN apt-get update && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/portal

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action ignore \
    --require-hashes --no-deps --only-binary :all: -r requirements.txt

# .dockerignore lists what there is to copy.
COPY . .
# Values for this one command: the settings ask for them, collecting files uses none.
RUN SECRET_KEY=hanya-untuk-collectstatic DATABASE_URL=postgresql://tidak/dipakai REDIS_URL=redis://tidak/0 \
    python manage.py collectstatic --no-input

USER 10001
EXPOSE 8000
# Asks under the portal's own name, so that 127.0.0.1 need not be an allowed host. http.client follows no redirect
# and no proxy of the environment: anything but a plain 200 counts as ill.
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 CMD python -c "\
import http.client, os, sys; \
web = http.client.HTTPConnection('127.0.0.1', 8000, timeout=5); \
web.request('GET', '/sehat/', headers={'Host': os.environ.get('PORTAL_HOST', '127.0.0.1').split(',')[0].strip()}); \
sys.exit(web.getresponse().status != 200)"
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--respawn-failed-workers", "p3pd_portal.wsgi:application"]
