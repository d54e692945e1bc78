"""What pages and higher rooms ask about goals and boards, one file for each subject."""
