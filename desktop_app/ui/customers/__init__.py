"""The Customers page: who bought, how often, what one notes of them, and what the law asks."""
