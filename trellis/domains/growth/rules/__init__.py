"""What is decided about goals and boards: plain Python, one file for each subject."""
