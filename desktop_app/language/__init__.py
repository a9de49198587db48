"""What needs no model: facts and claims, numbers and units, markup and sentences, the plain writer and the check."""
