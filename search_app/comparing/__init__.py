"""One indicator across reports: which values belong side by side, and which disagree."""
