{%- set codes = ['vendor_id', 'passenger_count', 'rate_code_id', 'payment_type'] %}
{%- set amounts = [
    'trip_distance',
    'fare_amount',
    'extra',
    'mta_tax',
    'tip_amount',
    'tolls_amount',
    'improvement_surcharge',
    'congestion_surcharge',
    'airport_fee',
    'cbd_congestion_fee',
    'total_amount',
] %}

{%- for service in trip_services() %}
select
    trip_id,
    file_month,
    service,
    pickup_datetime,
    pickup_date,
    dropoff_datetime,
    pickup_zone_id,
    dropoff_zone_id,
    {%- for column in codes %}
    {{ shared_trip_column(service, column, 'bigint') }},
    {%- endfor %}
    {%- for column in amounts %}
    {{ shared_trip_column(service, column, 'decimal(12, 2)') }},
    {%- endfor %}
    warnings,
    _load_id
from {{ ref('stg_' ~ service ~ '_trips') }}
{% if not loop.last %}
union all
{% endif %}
{%- endfor %}
