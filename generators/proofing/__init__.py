"""Proof-reading (核稿): numbered rules over a document as understood, and the corrections that a program may make."""
