{{
    config(
        materialized='incremental',
        incremental_strategy='insert_overwrite' if target.type == 'bigquery' else 'replace_days',
        unique_key='pickup_date',
        partition_by=partitioned_by('pickup_date', 'day'),
        cluster_by=['service', 'pickup_zone_id'],
        partitions=[],
        on_schema_change='sync_all_columns',
    )
}}

{%- set changed = changed_trip_days(trips=ref('int_trips_unioned'), zones=ref('dim_zones')) %}
{%- do replace_partitions(changed.days) %}

with

trips as (
    select *
    from {{ ref('int_trips_unioned') }}
    {% if is_incremental() and changed.file_months %}
    -- Whole days, from every file month that has rows of them.
    where
        pickup_date in ({{ changed.days | join(', ') }})
        and file_month in ({{ changed.file_months | join(', ') }})
    {% elif is_incremental() %}
    where false
    {% endif %}
),

zones as (
    select *
    from {{ ref('dim_zones') }}
),

todays_zones as (
    select coalesce(max(_load_id), '') as _zones_load_id
    from zones
)

select
    trips.trip_id,
    trips.service,
    trips.file_month,
    trips.pickup_date,
    trips.pickup_datetime,
    trips.dropoff_datetime,
    {{ minutes_between('trips.pickup_datetime', 'trips.dropoff_datetime') }} as trip_minutes,
    trips.vendor_id,
    trips.passenger_count,
    trips.trip_distance,
    trips.rate_code_id,
    {{ name_of_code('rate_code_id', 'trips.rate_code_id') }} as rate_code_name,
    trips.pickup_zone_id,
    coalesce(pickup_zones.zone, 'Unknown') as pickup_zone,
    coalesce(pickup_zones.borough, 'Unknown') as pickup_borough,
    trips.dropoff_zone_id,
    coalesce(dropoff_zones.zone, 'Unknown') as dropoff_zone,
    coalesce(dropoff_zones.borough, 'Unknown') as dropoff_borough,
    trips.payment_type,
    {{ name_of_code('payment_type', 'trips.payment_type') }} as payment_type_name,
    trips.fare_amount,
    trips.extra,
    trips.mta_tax,
    trips.tip_amount,
    trips.tolls_amount,
    trips.improvement_surcharge,
    trips.congestion_surcharge,
    trips.airport_fee,
    trips.cbd_congestion_fee,
    trips.total_amount,
    trips.warnings,
    trips._load_id,
    todays_zones._zones_load_id
from trips
cross join todays_zones
left join zones as pickup_zones on trips.pickup_zone_id = pickup_zones.zone_id
left join zones as dropoff_zones on trips.dropoff_zone_id = dropoff_zones.zone_id
