"""A document's journey: find, read, judge, split, embed, replace; the report."""
