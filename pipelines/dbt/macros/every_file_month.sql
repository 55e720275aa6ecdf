{#
    A condition that is true for every landed trip. BigQuery refuses a query on the landed tables that doesn't say which file months it
    wants (`require_partition_filter`, against accidental full reads); the TLC's records begin in 2009.
#}
{% macro every_file_month() -%}
    file_month >= date '2009-01-01'
{%- endmacro %}
