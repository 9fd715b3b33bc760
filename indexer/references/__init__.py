"""The documents that a report names."""
