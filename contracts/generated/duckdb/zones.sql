CREATE TABLE IF NOT EXISTS zones (
  zone_id BIGINT NOT NULL,
  borough VARCHAR,
  zone VARCHAR,
  service_zone VARCHAR,
  _source_file VARCHAR NOT NULL,
  _load_id VARCHAR NOT NULL
);
