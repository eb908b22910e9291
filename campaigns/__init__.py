"""A campaign on paper becomes a `Campaign`: read and validate the definition, work out what is due when."""
