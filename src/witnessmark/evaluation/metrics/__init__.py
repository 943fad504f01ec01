"""Scores of predictions against gold, one module per task. They read plain JSON rows and know nothing of the readers."""
