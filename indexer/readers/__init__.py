"""One file per format: `accepts(head, name)` and `read(path)`; the registry picks the reader."""
