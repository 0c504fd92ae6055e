"""How the pages are served: settings, headers, the French document, the script that Streamlit runs."""
