"""Airflow imports this at start, because of its name.

`airflow dags test` of 3.1 builds the whole Execution API anew for every task: 1.5 to 2 seconds each, 2.5 minutes in a
run of 18 months. One per process serves them all, as in later versions: https://github.com/apache/airflow/pull/65235
"""

import functools

from airflow.sdk.execution_time import supervisor

supervisor.in_process_api_server = functools.cache(supervisor.in_process_api_server)
