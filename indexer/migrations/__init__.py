"""The steps from one form of the catalogue to the next, run by `catalogue_migrations`.

A step never changes again, so that it imports nothing of ours: the tables of today are in
`catalogue_tables`, and a test compares both.
"""
