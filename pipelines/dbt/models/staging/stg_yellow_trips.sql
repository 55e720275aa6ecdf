with

landed as (
    select * from {{ source('landed', 'yellow_trips') }}
    where {{ every_file_month() }}
)

select
    trip_id,
    file_month,
    'yellow' as service,
    pickup_datetime,
    cast(pickup_datetime as date) as pickup_date,
    dropoff_datetime,
    vendor_id,
    passenger_count,
    trip_distance,
    rate_code_id,
    store_and_fwd_flag,
    pickup_zone_id,
    dropoff_zone_id,
    payment_type,
    fare_amount,
    extra,
    mta_tax,
    tip_amount,
    tolls_amount,
    improvement_surcharge,
    congestion_surcharge,
    airport_fee,
    cbd_congestion_fee,
    total_amount,
    _warnings as warnings,
    _source_file,
    _load_id
from landed
