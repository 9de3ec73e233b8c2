"""Counting (docs/counting.md): steps become entries, a profile selects among them, what is left is summed cell by cell.

steps, claims, rulings -> entries -> selection (what is out, by which rule) -> pieces -> lines (one currency) -> cells
"""
