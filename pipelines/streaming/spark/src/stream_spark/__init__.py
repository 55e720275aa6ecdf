"""The stream's question, asked by Spark Structured Streaming."""
