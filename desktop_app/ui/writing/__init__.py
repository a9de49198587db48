"""The Writing page: drafts that wait for the merchant, one at a time."""
