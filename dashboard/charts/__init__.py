"""View models drawn with plotly's graph objects. A figure is shared between sessions and never changed once drawn."""
