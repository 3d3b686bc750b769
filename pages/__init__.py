"""The pages of the app: they ask search and index, and draw."""
