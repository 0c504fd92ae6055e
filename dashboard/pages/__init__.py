"""One function a page; a page reads like a sentence: selection, question, view, chart."""
