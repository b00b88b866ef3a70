"""HTML: pages rendered on the server, which work without JavaScript."""
