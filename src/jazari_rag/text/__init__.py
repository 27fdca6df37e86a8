"""Pure functions from text to text, spans, terms and passages."""
