"""Parsers of hostile files in a child process: limits of memory and time, a result of bounded length, nothing else."""
