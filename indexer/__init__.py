"""From the bytes of a Vietnamese report to searchable, citable passages.

A library: it never imports flask or click. The steps stand in order in `build`.
"""
