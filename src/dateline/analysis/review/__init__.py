"""What people decided of the record, kept beside what the program said of it."""
