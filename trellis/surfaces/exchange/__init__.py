"""The ways in and out by file: people and history, frameworks, catalogues."""
