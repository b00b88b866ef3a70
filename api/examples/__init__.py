"""Example data that anyone may look at: made-up employers, orders and people in real towns."""
