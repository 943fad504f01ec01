"""One module per gold set: how its rows are read, predicted and scored."""
