{# The services whose trips are landed, as the contracts have them. #}
{% macro trip_services() -%}
    {{ return(landed_trip_columns() | list) }}
{%- endmacro %}
