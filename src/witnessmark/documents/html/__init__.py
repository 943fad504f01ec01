"""HTML: main text, parts, hidden text, metadata, and the way back to the bytes. Runs in the child process only."""
