"""Tables of a lakehouse format that are derived from clean months."""
