"""The roster by the command line: read from its files, compared, printed as codes."""
