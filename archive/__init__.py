"""The strongroom: records, their numbers (档号), versions, events and verification."""
