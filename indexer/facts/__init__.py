"""What a report states with numbers: quantities, periods and the facts made of them."""
