"""The way from each version of the tables to the next. A migration is never changed once it was shipped."""
