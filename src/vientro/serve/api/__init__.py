"""The pages as data, under /api/v1."""
