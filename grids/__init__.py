"""What quality means, as files that facilitators change; this package reads them and knows nothing of frames or databases."""
