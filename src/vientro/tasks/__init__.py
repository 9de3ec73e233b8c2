"""What a command or a page does to a ledger, one module each: collect, count, rule, hold a draft against it, look back, keep it up."""
