"""Citations that are taken away: permanent links, and forms that other programs read."""
