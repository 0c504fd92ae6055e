"""`python -m tests.bench.empty_page --home DIR --port P`: the product's own server, with the script of empty charts."""

from pathlib import Path

from dashboard import app
from dashboard.__main__ import main

app._ENTRY = Path(__file__).parent / "entry.py"
main()
