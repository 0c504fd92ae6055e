// Sends a file as the raw body of a request, and shows the receipt that comes back. The zone itself is drawn by the page
// (components/upload.py); everything is listened to from the document, since the page may be drawn again at any time.
(() => {
  "use strict";
  const said = {
    unnamed: "Aucun fichier choisi",
    none: "Choisissez d'abord un fichier.",
    empty: "Ce fichier est vide.",
    large: "Ce fichier est trop grand pour être envoyé en une fois.",
    sending: "Envoi du fichier…",
    reading: "Fichier arrivé : lecture et contrôle en cours. Cela peut prendre une minute…",
    broken: "Le fichier n'a pas pu être envoyé. Vérifiez qu'il est toujours à sa place et que l'outil répond, puis recommencez.",
  };

  function tell(zone, sentence, kind = "") {
    const place = zone.querySelector(".depot-etat");
    place.textContent = sentence;
    place.dataset.genre = kind;
  }

  function refuse(zone, sentence) {
    tell(zone, sentence, "refus");
    zone.querySelector("input[type=file]").focus();
  }

  function send(zone, file, trial) {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ fichier: file.name, essai: trial ? "1" : "0" });
    request.open("POST", `${zone.dataset.adresse}?${query}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Spro-Ticket", zone.dataset.ticket);
    request.responseType = "json";
    follow(zone, request);
    request.send(file);
  }

  function follow(zone, request) {
    const progress = zone.querySelector("progress");
    occupy(zone, true);
    progress.value = 0;
    tell(zone, said.sending);
    request.upload.addEventListener("progress", (event) => { progress.value = event.loaded / Math.max(event.total, 1); });
    request.upload.addEventListener("load", () => { progress.removeAttribute("value"); tell(zone, said.reading); });
    request.addEventListener("load", () => finish(zone, request.status, request.response));
    request.addEventListener("error", () => finish(zone, 0, null));
    request.addEventListener("abort", () => finish(zone, 0, null));
  }

  function finish(zone, status, answer) {
    occupy(zone, false);
    if (status !== 200 || !answer) {
      return refuse(zone, answer?.phrase ? [answer.phrase, answer.remede].filter(Boolean).join(" ") : said.broken);
    }
    tell(zone, answer.phrase, "fait");
    show(zone, answer.titre, answer.accuse);
    if (answer.livree) document.querySelector(".st-key-livraisons-a-jour button")?.click();
  }

  function occupy(zone, busy) {
    zone.setAttribute("aria-busy", String(busy));
    zone.querySelector("progress").hidden = !busy;
    for (const each of zone.querySelectorAll("button, input")) each.disabled = busy;
    if (busy) zone.querySelector(".depot-accuse").replaceChildren();
  }

  // The receipt is escaped where it is made; parsed apart, it runs nothing, and the policy of the page forbids it to.
  function show(zone, title, receipt) {
    const place = zone.querySelector(".depot-accuse");
    const heading = document.createElement("h2");
    heading.textContent = title;
    heading.tabIndex = -1;
    place.replaceChildren(heading, ...new DOMParser().parseFromString(receipt, "text/html").body.childNodes);
    heading.focus();
  }

  document.addEventListener("change", (event) => {
    const zone = event.target instanceof Element ? event.target.closest(".depot") : null;
    if (!zone) return;
    zone.querySelector("#depot-nom").textContent = event.target.files[0]?.name ?? said.unnamed;
    tell(zone, "");
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".depot button[data-geste]") : null;
    if (!button) return;
    const zone = button.closest(".depot");
    const [file] = zone.querySelector("input[type=file]").files;
    if (!file) return refuse(zone, said.none);
    if (file.size === 0) return refuse(zone, said.empty);
    if (file.size > Number(zone.dataset.taille)) return refuse(zone, said.large);
    send(zone, file, button.dataset.geste === "essai");
  });
})();
