"""Objects in a folder or in Cloud Storage, by one protocol."""
