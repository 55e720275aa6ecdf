-- To the cent, the months' revenue is the trips' revenue.
with

trips as (
    select
        service,
        count(*) as trips,
        sum(total_amount) as total_amount
    from {{ ref('fct_trips') }}
    group by service
),

months as (
    select
        service,
        sum(trips) as trips,
        sum(total_amount) as total_amount
    from {{ ref('fct_monthly_zone_revenue') }}
    group by service
)

select
    service,
    trips.trips as trips_in_fct,
    months.trips as trips_in_months,
    trips.total_amount as revenue_in_fct,
    months.total_amount as revenue_in_months
from trips
full outer join months using (service)
where
    trips.trips is distinct from months.trips
    or trips.total_amount is distinct from months.total_amount
