"""The service as JSON: a file per resource, on top of one way to read, answer and refuse."""
