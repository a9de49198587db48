"""One file for each thing a merchant asks for; a task introduces rooms to each other and yields what happens."""
