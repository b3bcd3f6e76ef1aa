"""Sources that ask Google's interfaces over plain REST. None of Google's clients is needed for them."""
