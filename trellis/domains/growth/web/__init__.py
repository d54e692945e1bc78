"""Goals, boards and delegation as pages."""
