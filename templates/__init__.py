"""Blank forms and data: Jinja2 texts, layout profiles, rule tables, word lists, the shipped example."""
