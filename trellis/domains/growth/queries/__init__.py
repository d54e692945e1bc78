"""What pages and higher rooms ask, one file for each subject."""
