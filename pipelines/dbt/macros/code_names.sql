{#
    What the TLC's codes mean, as its data dictionary has it. The contract holds the same names (`values`), and a test keeps both equal.
    A macro and not a seed: a handful of names needs no table, no load job and no join.
#}
{% macro code_names(column) %}
    {% set names = {
        'payment_type': {
            0: 'Flex fare',
            1: 'Credit card',
            2: 'Cash',
            3: 'No charge',
            4: 'Dispute',
            5: 'Unknown',
            6: 'Voided trip',
        },
        'rate_code_id': {
            1: 'Standard rate',
            2: 'JFK',
            3: 'Newark',
            4: 'Nassau or Westchester',
            5: 'Negotiated fare',
            6: 'Group ride',
            99: 'Unknown',
        },
    } %}
    {{ return(names[column]) }}
{% endmacro %}

{# SQL for the name of a code: 'Not recorded' where the file held none, 'Not in the dictionary' where the TLC explains none. #}
{% macro name_of_code(column, value) -%}
    case
        {%- for code, name in code_names(column).items() %}
        when {{ value }} = {{ code }} then '{{ name }}'
        {%- endfor %}
        when {{ value }} is null then 'Not recorded'
        else 'Not in the dictionary'
    end
{%- endmacro %}
