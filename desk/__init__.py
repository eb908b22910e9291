"""The errands of the office, one plain function each, a file per trade."""
