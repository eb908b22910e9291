"""What a clerk writes, marked-up text, becomes a `Document`."""
