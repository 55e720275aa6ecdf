CREATE TABLE IF NOT EXISTS fhv_trips (
  dispatching_base_num VARCHAR,
  pickup_datetime TIMESTAMP NOT NULL,
  dropoff_datetime TIMESTAMP,
  pickup_zone_id BIGINT,
  dropoff_zone_id BIGINT,
  shared_ride_flag BIGINT,
  affiliated_base_number VARCHAR,
  trip_id VARCHAR NOT NULL,
  file_month DATE NOT NULL,
  _source_file VARCHAR NOT NULL,
  _load_id VARCHAR NOT NULL,
  _warnings VARCHAR NOT NULL
);
