"""What is decided: plain Python, one file for each subject."""
