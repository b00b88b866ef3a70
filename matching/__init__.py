"""WHAT FITS: the words, constraints, score, ranking and reading of task texts. No SQL, no HTTP."""
