"""The command line and the settings: what wires the packages together outside the app."""
