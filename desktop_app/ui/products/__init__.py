"""The Products page: the list at the left, the product at the right."""
