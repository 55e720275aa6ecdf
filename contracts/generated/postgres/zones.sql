CREATE TABLE IF NOT EXISTS zones (
  zone_id bigint NOT NULL,
  borough text,
  zone text,
  service_zone text,
  _source_file text NOT NULL,
  _load_id text NOT NULL
);
