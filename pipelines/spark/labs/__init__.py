"""Lessons about Spark, measured: `npm run lab:spark` runs them and writes docs/labs/spark.md."""
