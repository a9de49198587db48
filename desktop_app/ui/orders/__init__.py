"""The Orders page: the list on the left, the order on the right, papers to print."""
