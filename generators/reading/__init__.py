"""Reading a document back: its parts within limits, its lines with their look, their roles, the elements they make."""
