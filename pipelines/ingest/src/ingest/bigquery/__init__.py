"""The warehouse in the cloud."""
