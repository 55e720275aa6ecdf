CREATE TABLE IF NOT EXISTS fhv_trips (
  dispatching_base_num text,
  pickup_datetime timestamp NOT NULL,
  dropoff_datetime timestamp,
  pickup_zone_id bigint,
  dropoff_zone_id bigint,
  shared_ride_flag bigint,
  affiliated_base_number text,
  trip_id text NOT NULL,
  file_month date NOT NULL,
  _source_file text NOT NULL,
  _load_id text NOT NULL,
  _warnings text NOT NULL
) PARTITION BY LIST (file_month);
