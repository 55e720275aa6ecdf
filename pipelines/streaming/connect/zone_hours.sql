-- What the connector fills: pickups and revenue per zone and hour, as the stream counted them.
create schema if not exists streaming;

create table if not exists streaming.zone_hours (
    pickup_zone_id bigint not null,
    borough text,
    zone text,
    window_start timestamp not null,
    window_end timestamp not null,
    pickups bigint not null,
    revenue numeric(12, 2) not null,
    ride_produced_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (pickup_zone_id, window_start)
);

comment on table streaming.zone_hours is 'Pickups and revenue of a zone in a window of event time; written by Kafka Connect.';
comment on column streaming.zone_hours.window_start is 'Beginning of the window, New York wall-clock time; belongs to it.';
comment on column streaming.zone_hours.window_end is 'End of the window, New York wall-clock time; doesn''t belong to it.';
comment on column streaming.zone_hours.updated_at is 'When the stream application computed it, to the millisecond.';
