"""What is known about speech: how words sound, how numbers are said, and what a recogniser hears instead."""
