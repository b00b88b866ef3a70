"""What is done at the desk, a file per desk: the order of steps, who may, and what is written down."""
