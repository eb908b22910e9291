"""Text out of files of every format, read in a child process that a hostile file cannot harm us through."""
