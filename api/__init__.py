"""WHO and WHEN: casework, access, store, exchange, HTTP routes and the command line."""
