"""Who works when, brought in by file: what is done (actions), as sentences (texts), on pages (views)."""
