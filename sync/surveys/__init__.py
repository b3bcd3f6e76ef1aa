"""What people answered, as a number that says how sure it is: scales, scores, periods, words in comments. Pure."""
