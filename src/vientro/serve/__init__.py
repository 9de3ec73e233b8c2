"""The ledger in a browser, and as JSON over HTTP."""
