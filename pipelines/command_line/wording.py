"""What the command line says of receipts; the words live in `pipelines.receipts`, which the pages use too."""

from pipelines.receipts.text import breach_lines, receipt_lines
from pipelines.receipts.words import number

__all__ = ["breach_lines", "number", "receipt_lines"]
