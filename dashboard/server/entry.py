"""The script that Streamlit runs for each view; it stands in a folder of its own so that no module sits beside it."""

from dashboard.navigation import show

show()
