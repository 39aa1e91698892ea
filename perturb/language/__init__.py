"""What is known about a text: tables, mask rules, analysis, WordNet."""
