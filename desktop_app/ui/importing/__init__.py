"""The import page: a file, what it holds, what it would change, and the import itself."""
