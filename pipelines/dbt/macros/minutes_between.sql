{# SQL for the minutes between two wall-clock times, to two places. #}
{% macro minutes_between(start, end) -%}
    round({{ dbt.datediff(start, end, 'second') }} / 60.0, 2)
{%- endmacro %}
