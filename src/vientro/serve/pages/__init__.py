"""Pages, one module an address."""
