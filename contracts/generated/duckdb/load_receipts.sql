CREATE TABLE IF NOT EXISTS load_receipts (
  service VARCHAR NOT NULL,
  file_month DATE,
  load_id VARCHAR NOT NULL,
  raw_sha256 VARCHAR NOT NULL,
  contract_hash VARCHAR NOT NULL,
  ingest_version VARCHAR NOT NULL,
  source_file VARCHAR NOT NULL,
  synthetic BOOLEAN NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_accepted BIGINT NOT NULL,
  rows_warned BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  loaded_at TIMESTAMPTZ NOT NULL
);
