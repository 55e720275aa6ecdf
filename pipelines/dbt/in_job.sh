#!/bin/sh
# dbt in a job without a disk: `in_job.sh <arguments of dbt>`. It works in memory, below DBT_TARGET_PATH and DBT_LOG_PATH, since it writes
# hundreds of small files and its log line by line; what is read of them goes to RESULTS_FOLDER at the end, which may be a mounted bucket.
code=0
dbt "$@" || code=$?
mkdir -p "$RESULTS_FOLDER" || exit 1
for file in "$DBT_TARGET_PATH/run_results.json" "$DBT_LOG_PATH/dbt.log"; do
  # dbt that couldn't even start leaves neither, and a log without errors is empty.
  [ ! -s "$file" ] || cp "$file" "$RESULTS_FOLDER/" || exit 1
done
exit "$code"
