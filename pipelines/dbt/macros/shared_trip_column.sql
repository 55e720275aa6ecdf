{#
    A column that all services' trips have in int_trips_unioned: the service's own, in the type that all share (the for-hire vehicles'
    distance has three places in its files), or null where its files don't have it.
#}
{% macro shared_trip_column(service, column, type) -%}
    {%- set landed = landed_trip_columns()[service] -%}
    {%- if column in landed -%}
    cast({{ column }} as {{ type }})
    {%- elif column == 'total_amount' and 'black_car_fund' in landed -%}
    cast({{ charged_to_passenger() }} as {{ type }})
    {%- else -%}
    cast(null as {{ type }})
    {%- endif %} as {{ column }}
{%- endmacro %}

{#
    What a passenger of a high-volume service was charged. Their files have no total, but all of its parts: the TLC's dictionary defines the
    fare as "before tolls, tips, taxes, and fees". Tips count, as they do in the taxis' total; what the driver was paid doesn't, it is paid out
    of this. A fee that didn't exist yet or didn't apply is null, and adds nothing; without a fare, there is no total.
#}
{% macro charged_to_passenger() -%}
    fare_amount
    {%- for part in [
        'tolls_amount', 'tip_amount', 'sales_tax', 'black_car_fund', 'congestion_surcharge', 'airport_fee', 'cbd_congestion_fee'
    ] %}
    + coalesce({{ part }}, 0)
    {%- endfor %}
{%- endmacro %}
