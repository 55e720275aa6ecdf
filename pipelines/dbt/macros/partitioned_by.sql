{# BigQuery's partitioning by a date column; nothing on DuckDB, where `partition_by` means DuckLake's and takes another shape. #}
{% macro partitioned_by(column, granularity) %}
    {% if target.type == 'bigquery' %}
        {{ return({'field': column, 'data_type': 'date', 'granularity': granularity}) }}
    {% endif %}
    {{ return(none) }}
{% endmacro %}
