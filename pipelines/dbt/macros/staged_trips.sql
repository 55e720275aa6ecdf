{#
    The staging model of a service's trips: the contract's columns, named one by one, because BigQuery refuses `select *` from a table with
    protected columns; those stay in the landed table.
#}
{% macro staged_trips(service) -%}
select
    trip_id,
    file_month,
    '{{ service }}' as service,
    cast(pickup_datetime as date) as pickup_date,
    {%- for column in landed_trip_columns()[service] %}
    {{ column }},
    {%- endfor %}
    _warnings as warnings,
    _source_file,
    _load_id
from {{ source('landed', service ~ '_trips') }}
where {{ every_file_month() }}
{%- endmacro %}
