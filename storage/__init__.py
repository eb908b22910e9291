"""Bytes and rows that survive a power cut: durable files, the OCFL store, the one SQLite file, the lock."""
