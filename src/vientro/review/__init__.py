"""What to ask a person next, and how an answer becomes a decision."""
