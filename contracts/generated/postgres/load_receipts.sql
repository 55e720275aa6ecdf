CREATE TABLE IF NOT EXISTS load_receipts (
  service text NOT NULL,
  file_month date,
  load_id text NOT NULL,
  raw_sha256 text NOT NULL,
  contract_hash text NOT NULL,
  ingest_version text NOT NULL,
  source_file text NOT NULL,
  synthetic boolean NOT NULL,
  rows_read bigint NOT NULL,
  rows_accepted bigint NOT NULL,
  rows_warned bigint NOT NULL,
  rows_rejected bigint NOT NULL,
  loaded_at timestamptz NOT NULL
);
