"""Replies: answers from the shop's own knowledge, and that knowledge."""
