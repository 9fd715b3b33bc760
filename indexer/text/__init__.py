"""Text in, forms and spans out. No I/O here, no whoosh, no flask."""
