"""The edge: one third-party library a file."""
