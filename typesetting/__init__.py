"""Sources of the starter cases (`data/cases/*.md`) become files to deposit (`data/starter`)."""
