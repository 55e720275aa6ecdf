{# Fails for every row whose column holds less than `value`; a null passes. #}
{% test at_least(model, column_name, value) %}

select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ value }}

{% endtest %}
