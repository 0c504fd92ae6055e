"""The door: a file comes in, loses every identity, and becomes a staged delivery with a receipt, or is refused whole."""
