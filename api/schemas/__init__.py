"""Shapes of requests and answers. Names are those of the Python surface; unknown fields are refused."""
