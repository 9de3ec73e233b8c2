"""Pages of the reference, made from the code. Each module has `page()`, which returns Markdown."""
