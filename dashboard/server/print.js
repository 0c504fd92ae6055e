// A chart is drawn for the width of the screen. Given the frame in which it was drawn, it shrinks to the width of the paper; it never grows.
(() => {
  "use strict";
  const drawn = () => document.querySelectorAll(".js-plotly-plot .main-svg");

  function frame(chart) {
    const [width, height] = [chart.getAttribute("width"), chart.getAttribute("height")];
    chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    chart.style.setProperty("max-width", `${width}px`);
  }

  function unframe(chart) {
    chart.removeAttribute("viewBox");
    chart.style.removeProperty("max-width");
  }

  window.addEventListener("beforeprint", () => drawn().forEach(frame));
  window.addEventListener("afterprint", () => drawn().forEach(unframe));
})();
