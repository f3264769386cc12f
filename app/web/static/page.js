// What the page does in the browser: opens quotes, copies them, follows the conversation.
// No question and no document text passes through here except as text.
"use strict";

(() => {
  const language = document.currentScript.dataset.language;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  // Gradio sets the browser's language on the document; the page speaks its own.
  function keepLanguage() {
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
  }
  keepLanguage();
  new MutationObserver(keepLanguage)
    .observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });

  const scrollTo = (element, block) =>
    element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });

  function openCitation(citation) {
    const group = citation.closest(".evidence-group");
    for (const other of group.parentElement.children) other.hidden = other !== group;
    for (const other of document.querySelectorAll(".citation.is-current")) {
      other.classList.remove("is-current");
    }
    citation.open = true;
    citation.classList.add("is-current");
    citation.querySelector("summary").focus({ preventScroll: true });
    reveal(citation, group.parentElement);
  }

  // On a wide screen only the panel scrolls, so that the answer stays where it is being read.
  function reveal(citation, panel) {
    const mark = citation.querySelector("mark");
    if (panel.scrollHeight <= panel.clientHeight) return scrollTo(mark, "center");
    const from = panel.getBoundingClientRect().top - panel.scrollTop;
    const summary = citation.getBoundingClientRect().top - from;
    const words = mark.getBoundingClientRect();
    const fits = words.bottom - from - summary <= panel.clientHeight;
    const top = fits ? summary : words.top - from - panel.clientHeight / 3;
    panel.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
    scrollTo(panel.parentElement, "nearest");
  }

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  async function copyAndTell(button, text) {
    await copy(text);
    const label = button.textContent;
    const done = button.closest("[data-copied]").dataset.copied;
    if (label === done) return;
    button.textContent = done;
    announce(done);
    setTimeout(() => { button.textContent = label; }, 2000);
  }

  // Set anew each time: the same words twice would not be read out again.
  function announce(text) {
    const announcer = document.getElementById("announcer");
    announcer.textContent = "";
    requestAnimationFrame(() => { announcer.textContent = text; });
  }

  const linkOf = (fragment) => `${location.origin}${location.pathname}#${fragment}`;

  // What was cleared is not asked again when the page is opened anew.
  const forgetLink = () => history.replaceState(null, "", location.pathname + location.search);

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) return void copyAndTell(button, button.dataset.copy);
    const share = event.target.closest(".copy-link");
    if (share) return void copyAndTell(share, linkOf(share.dataset.fragment));
    if (event.target.closest("#clear")) forgetLink();
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    if (target.matches(".citation")) return openCitation(target);
    const field = target.querySelector("textarea") ?? target;
    field.focus({ preventScroll: true });
    scrollTo(target, "start");
  });

  const questionField = () => document.querySelector("#question textarea");

  // Another page in this tab of the browser would end the conversation: it opens in a new one.
  function keepConversation(held) {
    for (const tab of document.querySelectorAll(".tabs a:not([aria-current]), .language")) {
      tab.target = held ? "_blank" : "";
    }
  }

  // A new question is brought to the top, so that its answer is read from its beginning.
  const words = (exchange) =>
    [...exchange.querySelectorAll(".waiting, .changed, .understood, .outcome, .short-answer, .answer-text, .answer.failed > p, .notice")]
      .map((part) => part.innerText).join("\n");

  let seen = "";
  function follow() {
    const exchange = document.querySelector(".exchange:last-child");
    const state = exchange ? `${exchange.id} ${Boolean(exchange.querySelector(".answer"))}` : "";
    if (state === seen) return;
    seen = state;
    document.querySelector(".lost").hidden = true;
    keepConversation(Boolean(exchange));
    announce(exchange ? words(exchange) : "");
    if (!exchange) return void questionField()?.focus({ preventScroll: true });
    exchange.scrollIntoView({ block: "start" });
    // After a press on a suggested question the keyboard goes on from the new one.
    if (document.activeElement.matches("body, [data-question]")) {
      exchange.focus({ preventScroll: true });
    }
  }

  // Gradio's own messages are in English: the page says in its language that nothing was sent.
  function warn() {
    const lost = document.querySelector(".lost");
    if (!lost?.hidden || !document.querySelector(".toast-wrap > *")) return;
    lost.textContent = lost.dataset.message;
    lost.hidden = false;
    scrollTo(lost, "nearest");
  }

  new MutationObserver(() => {
    follow();
    warn();
  }).observe(document.body, { childList: true, subtree: true });
})();
