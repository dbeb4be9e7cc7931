# The image installs the same locks and runs the same commands as make run and make test.

FROM python:3.11-slim-bookworm AS assets
WORKDIR /app
COPY requirements/node.lock requirements/
RUN python -m pip install --no-cache-dir --require-hashes --no-input --disable-pip-version-check -r requirements/node.lock
COPY package.json package-lock.json .npmrc ./
COPY config config
COPY static static
RUN python -m config.local assets

FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements/runtime.lock requirements/
RUN python -m venv /opt/venv && /opt/venv/bin/python -m pip install --no-cache-dir --require-hashes --no-input --disable-pip-version-check -r requirements/runtime.lock

FROM python:3.11-slim-bookworm AS product
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/app/collected
RUN useradd --system --uid 10001 --user-group --no-create-home inspection \
    && install -d -o inspection -g inspection /data/files
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /app/static/build static/build
RUN python manage.py collectstatic --no-input && python -m compileall -q .
ENV DJANGO_ENV=production FILES_DIR=/data/files HOST=0.0.0.0 PORT=8000 HOME=/tmp PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "config.probe"]
CMD ["python", "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
