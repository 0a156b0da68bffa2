"""What is kept in which table, how it is written, and how claims are chosen."""
