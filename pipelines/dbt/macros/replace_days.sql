{#
    What `insert_overwrite` with a list of partitions does on BigQuery, for DuckDB: the days in the model's `partitions` are deleted and
    written again in one transaction (dbt's own), so a day whose trips all vanished vanishes too and no reader sees half of it.
#}
{% macro get_incremental_replace_days_sql(arg_dict) %}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    {%- set days = config.get('partitions') or [] -%}
    {%- if days %}
    delete from {{ arg_dict['target_relation'] }}
    where {{ arg_dict['unique_key'] }} in ({{ days | join(', ') }});
    {% endif %}
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }};
{% endmacro %}
