"""The dashboard: it reads a release and shows it. It runs no stage of the pipelines and opens no warehouse."""
