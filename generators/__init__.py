"""Facts and a form become a finished official document, and a finished document is read back."""
