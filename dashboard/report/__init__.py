"""What leaves the pages as a document: the picture of a chart, the committee's note, the sheet of a structure."""
