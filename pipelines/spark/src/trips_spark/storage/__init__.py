"""Small files beside the tables: receipts, pointers and summaries, in a folder or an object store."""
