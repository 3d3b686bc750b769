"""Deposits wait here for a librarian: queue, decisions, log, accounts and who may do what."""
