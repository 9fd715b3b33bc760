"""What would answer a question, which statements may, and how well each does."""
