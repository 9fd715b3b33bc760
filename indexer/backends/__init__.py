"""Interchangeable search engines behind one protocol; nothing else knows which one runs."""
