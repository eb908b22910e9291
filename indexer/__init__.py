"""The finding aid: text out of any file, Chinese into tokens, the index and its query language."""
