"""As many empty charts as the URL asks for."""

import plotly.graph_objects as go
import streamlit as st

for place in range(int(st.query_params.get("graphiques", "0"))):
    st.plotly_chart(go.Figure(), key=f"vide-{place}")
