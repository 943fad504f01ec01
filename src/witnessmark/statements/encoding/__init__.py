"""Words in context as rows of numbers, by a small encoder that several readers of statements share."""

from witnessmark.statements.encoding.body import Body, Dense, body_from, dense_from, gelu
from witnessmark.statements.encoding.model import Encoding, encoding_from, load_encoding
from witnessmark.statements.encoding.spelling import CLOSE, OPEN, pieces_of

__all__ = ["CLOSE", "OPEN", "Body", "Dense", "Encoding", "body_from", "dense_from", "encoding_from", "gelu", "load_encoding", "pieces_of"]
