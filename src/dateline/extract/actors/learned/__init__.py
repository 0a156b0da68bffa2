"""What is learned of who somebody is: candidates, their scores, the choice."""
