"""Who may do what: ways in, scopes, the audit log, and what is shown of a citizen who is not one's work."""
