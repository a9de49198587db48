"""Messages: the inbox, its conversations, and what they are answered with."""
