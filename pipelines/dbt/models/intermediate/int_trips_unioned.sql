with

yellow as (
    select
        trip_id,
        file_month,
        service,
        pickup_datetime,
        pickup_date,
        dropoff_datetime,
        vendor_id,
        passenger_count,
        trip_distance,
        rate_code_id,
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
        warnings,
        _load_id
    from {{ ref('stg_yellow_trips') }}
),

green as (
    select
        trip_id,
        file_month,
        service,
        pickup_datetime,
        pickup_date,
        dropoff_datetime,
        vendor_id,
        passenger_count,
        trip_distance,
        rate_code_id,
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
        cast(null as decimal(12, 2)) as airport_fee,
        cbd_congestion_fee,
        total_amount,
        warnings,
        _load_id
    from {{ ref('stg_green_trips') }}
)

select * from yellow

union all

select * from green
