"""One file a format: bytes in, pages of text out; they run in the worker only, where failing is allowed."""
