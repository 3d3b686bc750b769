"""A file becomes a Document with Passages; this package imports nothing of ours."""
