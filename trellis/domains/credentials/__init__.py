"""Certificates: issued once, a snapshot of what was achieved, verified by anybody who holds the address, withdrawn in the open."""
