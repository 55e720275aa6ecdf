"""What dbt would send to BigQuery, without BigQuery."""
