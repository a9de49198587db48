"""The Reviews page: what customers say, counted, and the words behind every figure."""
