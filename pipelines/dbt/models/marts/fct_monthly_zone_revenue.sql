{{
    config(
        partition_by=partitioned_by('revenue_month', 'month'),
        cluster_by=['service', 'pickup_zone_id'],
    )
}}

with

trips as (
    select
        *,
        cast({{ dbt.date_trunc('month', 'pickup_date') }} as date) as revenue_month
    from {{ ref('fct_trips') }}
)

select
    service,
    revenue_month,
    pickup_zone_id,
    pickup_zone,
    pickup_borough,
    count(*) as trips,
    sum(fare_amount) as fare_amount,
    sum(tip_amount) as tip_amount,
    sum(tolls_amount) as tolls_amount,
    sum(total_amount) as total_amount,
    sum(trip_distance) as trip_distance
from trips
group by
    service,
    revenue_month,
    pickup_zone_id,
    pickup_zone,
    pickup_borough
