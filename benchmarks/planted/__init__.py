"""The planted-error benchmark's own material: it knows nothing of the verifier, and imports nothing of the library."""
