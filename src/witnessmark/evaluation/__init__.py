"""Evaluation: readers of gold sets, the scores, and the gate that refuses a fall."""
