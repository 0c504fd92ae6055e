// Streamlit writes a few words of its own in English and has no setting for them: they are put in French here, unless the
// page is in English. Where the page is not French, what always is says so: charts, and what the door answers.
(() => {
  "use strict";
  const language = document.documentElement.lang;
  const alwaysFrench = ".stPlotlyChart, .depot-etat, .accuse";
  const words = {
    "Skip to main content": "Aller au contenu",
    "Sidebar": "Menu et choix",
    "Collapse sidebar": "Replier le menu",
    "Expand sidebar": "Ouvrir le menu",
    "Open sidebar": "Ouvrir le menu",
    "Close sidebar": "Replier le menu",
    "Open": "Ouvrir la liste",
    "Close": "Fermer",
    "Dismiss": "Fermer la liste",
    "Suggestions": "Choix possibles",
    "Show suggestions": "Montrer les choix",
    "Choose an option": "Choisissez",
    "No results": "Aucun résultat",
    "Connecting": "Connexion en cours",
    "Connecting...": "Connexion en cours…",
    "Connection error": "Connexion perdue",
    "Please wait...": "Un instant…",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le serveur ne répond plus. Demandez à la personne qui tient l'outil de le relancer :",
    "Page not found": "Page introuvable",
  };
  // What a list says aloud of its choices, while it is open.
  const patterns = [
    [/^1 option available\.$/, "Un choix possible."],
    [/^(\d+) options available\.$/, "$1 choix possibles."],
    [/^(.+), selected$/, "$1, choisi"],
  ];
  const attributes = ["aria-label", "title", "placeholder"];

  function french(text) {
    const said = text.trim();
    if (Object.hasOwn(words, said)) return words[said];
    const [pattern, translated] = patterns.find(([each]) => each.test(said)) ?? [];
    return pattern ? said.replace(pattern, translated) : null;
  }

  function translateText(node) {
    const translated = french(node.nodeValue);
    if (translated) node.nodeValue = translated;
  }

  function translateAttributes(element) {
    for (const name of attributes) {
      const translated = french(element.getAttribute(name) ?? "");
      if (translated) element.setAttribute(name, translated);
    }
  }

  function markFrench(root) {
    if (root.matches(alwaysFrench)) root.lang = "fr";
    root.querySelectorAll(alwaysFrench).forEach((each) => { each.lang = "fr"; });
  }

  function added(root) {
    if (language !== "fr" && root.nodeType === Node.ELEMENT_NODE) markFrench(root);
    if (language !== "en") translate(root);
  }

  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    translateAttributes(root);
    root.childNodes.forEach(translate);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(added);
      else if (language === "en") continue;
      else if (change.type === "attributes") translateAttributes(change.target);
      else translateText(change.target);
    }
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
})();
