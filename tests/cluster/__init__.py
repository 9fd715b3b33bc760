"""Real OpenSearch nodes on loopback, and what is tested on them."""
