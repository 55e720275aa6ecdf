# What ingest and dbt run in as Cloud Run jobs: Python, and the packages of data.lock. Nothing of ours is in it: the code lies in Airflow's
# bucket, which is mounted (docs/adr/006), so this is built when the lock changes. `npm run image -- <environment>` builds it.
#
# The digest is the index's of python:3.11.16-slim-bookworm: newer ones by `docker buildx imagetools inspect python:3.11-slim-bookworm`.
FROM python:3.11.16-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b AS packages
COPY uv.lock data.lock /locks/
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --require-hashes --requirement /locks/uv.lock \
    && /opt/uv/bin/uv venv --python /usr/local/bin/python /opt/data \
    && /opt/uv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode --python /opt/data/bin/python /locks/data.lock

FROM python:3.11.16-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b
COPY --from=packages /opt/data /opt/data
# Bytecode can't be written beside mounted code. Lines are logged when they are written, not when a buffer is full.
ENV PATH=/opt/data/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# As root on purpose: what Cloud Run mounts belongs to root with 0755, the provider knows no mount options yet (version 6.50), and a run must
# leave its results there. Each run is alone in a virtual machine; what it may do outside of it is up to its account.
# hadolint ignore=DL3002
USER 0
WORKDIR /tmp
