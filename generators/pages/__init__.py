"""A `Document` becomes a .docx in the national layout: what stands where is decided, then written."""
