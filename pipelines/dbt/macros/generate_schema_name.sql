{# Datasets are named by Terraform, so their names are taken as they are: dbt's default would put the target's schema before them. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
