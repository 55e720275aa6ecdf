{#
    Says which partitions the increment replaces, whether or not the model selects rows for them.

    dbt evaluates `config(partitions=…)` while it parses, when no query can run yet, and never again (dbt-core#6278). But it keeps the list
    that was made then, and the materialization reads that same list after the model is compiled: so it is filled in place. The tests in
    tests_python would fail if a version of dbt changed this.

    Arguments: `partitions` are SQL literals. The model must have `partitions=[]` in its config.
#}
{% macro replace_partitions(partitions) %}
    {% if execute %}
        {% set configured = config.get('partitions', default=[]) %}
        {% do configured.clear() %}
        {% do configured.extend(partitions) %}
    {% endif %}
{% endmacro %}
