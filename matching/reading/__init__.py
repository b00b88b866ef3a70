"""A task text to activities, setting, demands and supports, with the words that gave each away."""
