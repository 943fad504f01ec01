// The desk's script: keys, quiet updates, the timeline's brush, and the way from values to words and back. Pages work without it.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const live = (text) => { const line = $("#live"); if (line) { line.textContent = ""; line.textContent = text; } };

  // -- names of countries in the reader's language, which browsers know ---------------------------------------------------------
  const countries = (root = document) => {
    const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region", fallback: "code" });
    for (const element of all("[data-country]", root)) { try { element.textContent = names.of(element.dataset.country); } catch { /* no code of a country */ } }
  };
  countries();

  // -- the filter of the case page: fetch the same page, put in what changed ----------------------------------------------------
  const filter = $("#filter");
  const parts = ["counts", "facets", "timeline", "list"];
  let running = null;

  const query = (extra = {}) => {
    const data = new FormData(filter);
    for (const [name, value] of Object.entries(extra)) data.set(name, value);
    const search = new URLSearchParams();
    for (const [name, value] of data) if (value !== "" && !(name === "order" && value === "date") && !(name === "page" && value === "0")) search.append(name, value);
    return search;
  };

  const update = async (extra = {}) => {
    const search = query(extra);
    const address = search.size ? `/?${search}` : "/";
    if (running) running.abort();
    running = new AbortController();
    const focused = document.activeElement;
    const again = focused && focused.name && filter.contains(focused) ? [focused.name, focused.value] : null;
    filter.classList.add("busy");
    try {
      const answer = await fetch(address, { signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of parts) {
        const fresh = page.getElementById(id), old = document.getElementById(id);
        if (fresh && old) { old.replaceWith(document.adoptNode(fresh)); countries(fresh); }
      }
      const map = page.getElementById("map");
      if (map) document.dispatchEvent(new CustomEvent("cells", { detail: map.dataset }));
      if (again) { const back = all(`[name="${CSS.escape(again[0])}"]`, filter).find((e) => e.value === again[1] || e.type === "date"); if (back) back.focus({ preventScroll: true }); }
      history.replaceState(null, "", address);
      live($("#counts span").textContent.trim());
      filter.classList.remove("busy");
    } catch (error) {
      if (error.name === "AbortError") return;
      filter.classList.remove("busy");
      live(String(error));
    }
  };

  if (filter) {
    filter.addEventListener("change", (event) => {
      if (event.target.name === "lane") for (const other of all('[name="lane"]', filter)) if (other !== event.target) other.checked = false;
      update();
    });
    filter.addEventListener("submit", (event) => {
      event.preventDefault();
      const by = event.submitter;
      update(by && by.name ? { [by.name]: by.value } : {}).then(() => { if (by && by.name === "page") $("#list-h").scrollIntoView({ block: "start" }); });
    });
    document.addEventListener("view", (event) => { $("#view").value = event.detail; update(); });
    brush();
  }

  // -- the brush of the timeline: drag over bars, or click one and then another -------------------------------------------------
  function brush() {
    let start = null;
    const bar = (event) => {
      const svg = $("#bars");
      if (!svg) return null;
      const bars = all(".bar", svg), box = svg.getBoundingClientRect();
      const at = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
      return { bars, at: Math.max(0, Math.min(bars.length - 1, at)) };
    };
    const show = (bars, a, b) => bars.forEach((g, n) => g.classList.toggle("chosen", n >= Math.min(a, b) && n <= Math.max(a, b)));
    filter.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("#bars")) return;
      const hit = bar(event);
      if (hit) { start = hit.at; show(hit.bars, start, start); }
    });
    document.addEventListener("pointermove", (event) => { if (start !== null) { const hit = bar(event); if (hit) show(hit.bars, start, hit.at); } });
    document.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const hit = bar(event), from = start;
      start = null;
      if (!hit) return;
      const [a, b] = [Math.min(from, hit.at), Math.max(from, hit.at)];
      $("#from").value = hit.bars[a].dataset.first;
      $("#to").value = hit.bars[b].dataset.last;
      update();
    });
  }

  // -- the reader: from a value to its words and back ------------------------------------------------------------------------
  const reader = $(".reader");
  const flash = (element) => {
    if (!element) return;
    for (const other of all(".flash")) other.classList.remove("flash");
    element.closest("details:not([open])")?.setAttribute("open", "");
    element.classList.add("flash");
    element.scrollIntoView({ block: "center" });
  };
  const toWords = (hash) => {
    const start = Number(hash.slice(3)), here = (part) => Number(part.dataset.start) <= start && start < Number(part.dataset.end);
    if ($("nav.turn") && !all("#words .part").some(here)) { location.replace(`${location.pathname}${elsewhere({ at: start })}#at${start}`); return null; }
    let found = document.getElementById(`at${start}`);
    if (!found) for (const line of all(".line[data-start]")) { if (Number(line.dataset.start) > start) break; found = line; }
    flash(found);
    return found;
  };
  const elsewhere = (changes) => {
    const search = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) search.set(name, value);
    return `?${search}`;
  };

  // A long document comes in parts. The next one is fetched when its link comes near, the one before when it is asked for.
  const turning = new Map();
  const turn = (link) => {
    const rel = link.rel;
    if (!turning.has(rel)) turning.set(rel, take(link, rel).finally(() => turning.delete(rel)));
    return turning.get(rel);
  };
  const take = async (link, rel) => {
    const answer = await fetch(link.href);
    if (!answer.ok) { location.href = link.href; return null; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = document.adoptNode($("#words .part", page)), words = $("#words"), first = $(".part", words);
    const stays = first.getBoundingClientRect().top;
    document.documentElement.style.overflowAnchor = "none";
    if (rel === "next") words.append(part); else words.prepend(part);
    if (rel === "prev") scrollBy({ top: first.getBoundingClientRect().top - stays, behavior: "instant" });
    document.documentElement.style.overflowAnchor = "";
    for (const fresh of all("#beside-claims > .claim", page)) {
      const known = document.getElementById(fresh.id);
      if (known) {
        const list = $("ul", known), last = $(".elsewhere", list);
        for (const item of all("li.field", fresh)) if (!document.getElementById(item.id)) list.insertBefore(document.adoptNode(item), last);
        continue;
      }
      const after = all("#beside-claims > .claim").find((old) => Number(old.dataset.n) > Number(fresh.dataset.n));
      $("#beside-claims").insertBefore(document.adoptNode(fresh), after || null);
      $("#beside-claims > .empty")?.remove();
    }
    for (const list of ["beside-series", "beside-clashes"]) for (const fresh of all(`#${list} li`, page)) {
      if (document.getElementById(fresh.id)) continue;
      $(`#${list} ul`).append(document.adoptNode(fresh));
      document.getElementById(list).hidden = false;
    }
    const further = $(`nav.turn [rel=${rel}]`, page);
    if (further) link.href = further.getAttribute("href"); else { near.unobserve(link.parentElement); link.parentElement.remove(); buttons.delete(link.dataset.key); }
    if (further && rel === "next") { near.unobserve(link.parentElement); near.observe(link.parentElement); }
    return part;
  };
  const near = new IntersectionObserver((seen) => { for (const entry of seen) if (entry.isIntersecting && entry.target.dataset.turn === "next") turn($("a", entry.target)); }, { rootMargin: "1500px" });
  for (const nav of all("nav.turn")) {
    near.observe(nav);
    $("a", nav).addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const part = await turn(event.currentTarget), name = part && $(".partname", part);
      if (name) { name.tabIndex = -1; name.focus({ preventScroll: true }); name.scrollIntoView({ block: "start" }); live(name.textContent); }
    });
  }
  const fields = () => all(".fields .field[data-field]");
  const choose = (field, scroll = true) => {
    for (const other of all(".field.at, .field.on, .word.on")) other.classList.remove("at", "on");
    if (!field) return;
    field.classList.add("at");
    field.focus({ preventScroll: true });
    if (scroll) field.scrollIntoView({ block: "nearest" });
    const number = field.id.slice(1);
    for (const word of all(".word")) if (word.dataset.fields.split(" ").includes(number)) word.classList.add("on");
  };
  if (reader) {
    reader.addEventListener("click", (event) => {
      const word = event.target.closest("a.word"), from = event.target.closest('a.from[href^="#at"]'), field = event.target.closest(".field[data-field]");
      if (word) { event.preventDefault(); choose(document.getElementById(`f${word.dataset.fields.split(" ")[0]}`)); }
      else if (from) { event.preventDefault(); const own = from.closest(".field[data-field]"); if (own) choose(own, false); toWords(from.hash); history.replaceState(null, "", from.hash); }
      else if (field && !event.target.closest("a, button")) choose(field, false);
    });
    if (location.hash.startsWith("#at")) toWords(location.hash);
    window.addEventListener("hashchange", () => { if (location.hash.startsWith("#at")) toWords(location.hash); });
  }

  // -- deciding on the value at hand in the reader: saved at once, the page stays ------------------------------------------------
  const saved = [];
  const send = async (data) => {
    const answer = await fetch("/decide", { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(data) });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  };
  const decideField = async (kind) => {
    const field = $(".field.at");
    if (!field) return;
    try {
      const told = await send({ kind, subject: field.dataset.claim, field: field.dataset.field, mention: field.dataset.mention });
      saved.push({ position: told.saved, subject: field.dataset.claim, field });
      const mark = document.createElement("span");
      mark.className = "state reviewed";
      mark.textContent = "✓ " + told.kind;
      $(".stands", field).replaceChildren(mark);
      live(`${field.querySelector(".name").textContent}: ${told.kind}`);
      const rest = fields();
      choose(rest[rest.indexOf(field) + 1] || field);
    } catch (error) { live(error.message); alertBar(error.message); }
  };
  const undoField = async () => {
    const last = saved.pop();
    if (!last) return false;
    await send({ kind: "undo", subject: last.subject, undoes: last.position });
    $(".stands", last.field).replaceChildren();
    choose(last.field);
    live("↶");
    return true;
  };
  const alertBar = (text) => {
    const bar = document.createElement("p");
    bar.className = "bar";
    bar.setAttribute("role", "alert");
    bar.textContent = text;
    $("main").prepend(bar);
  };

  // -- marking other words: what is selected in the passage goes into the field -------------------------------------------------
  const evidence = $("#evidence"), words = $("#anchor-words");
  if (evidence && words) document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (chosen && !chosen.isCollapsed && evidence.contains(chosen.anchorNode) && evidence.contains(chosen.focusNode)) words.value = chosen.toString();
  });
  const place = $("input[data-places]");
  if (place) place.addEventListener("input", async () => {
    if (place.value.length < 3 || place.value.includes("#")) return;
    const answer = await fetch(`${place.dataset.places}?name=${encodeURIComponent(place.value)}`);
    if (!answer.ok) return;
    const list = document.getElementById(place.getAttribute("list"));
    list.replaceChildren(...(await answer.json()).map(([value, label]) => { const option = document.createElement("option"); option.value = value; option.label = label; return option; }));
  });

  // -- keys ---------------------------------------------------------------------------------------------------------------------
  const pages = { c: "/", m: "/", q: "/queue", x: "/contradictions", d: "/documents", h: "/history", s: "/documents", r: "/review", p: "/patterns" };
  let going = false;
  const buttons = new Map();
  for (const element of all("[data-key]")) {
    if (buttons.has(element.dataset.key)) console.error(`two elements for the key ${element.dataset.key}`);
    else buttons.set(element.dataset.key, element);
  }
  const press = (element) => {
    const more = element.closest("details");
    if (element.tagName === "INPUT") { element.focus(); element.select(); return; }
    if (element.tagName === "SUMMARY") { more.open = true; $("input:not([type=hidden]), select", more)?.focus(); return; }
    if (element.value === "comment") { const why = $("[data-comment]", element.form); if (!why.value.trim()) { why.focus(); return; } }
    element.click();
  };
  // Under a layout of other letters (Ukrainian, say) the key at the place of the Latin letter counts.
  const keyOf = (event) => {
    if (event.key.length !== 1 || event.key <= "~") return event.key;
    return { BracketLeft: "[", BracketRight: "]", Slash: "/" }[event.code] || (/^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : event.key);
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") return;
    if (target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") || (target.id === "map-canvas" && "+-=".includes(event.key))) {
      if (event.key === "Escape") target.blur();
      return;
    }
    const key = keyOf(event);
    if (going) { going = false; if (pages[key]) { event.preventDefault(); location.href = pages[key]; } return; }
    const field = $(".field.at");
    const done = () => event.preventDefault();
    if (key === "g") { going = true; setTimeout(() => { going = false; }, 1500); done(); }
    else if (key === "/") { done(); $("#q").focus(); }
    else if (key === "?") { done(); location.href = "/keys"; }
    else if (buttons.has(key)) { done(); press(buttons.get(key)); }
    else if (reader && ["n", "j", "p", "k"].includes(key)) {
      const list = fields(), at = list.indexOf(field), step = "nj".includes(key) ? 1 : -1;
      const last = step > 0 && at === list.length - 1 ? $("nav.turn a[rel=next]") : null;
      if (last) { done(); turn(last).then(() => { const more = fields(); choose(more[Math.min(more.length - 1, more.indexOf(field) + 1)]); }); }
      else if (list.length) { done(); choose(list[Math.max(0, Math.min(list.length - 1, at + step))]); }
    }
    else if (field && key === "o") { done(); const from = $("a.from", field); if (from) toWords(from.hash); }
    else if (field && key === "w") { done(); $("a.whylink", field).click(); }
    else if (field && ["e", "s"].includes(key)) { done(); $("a.whylink", field).click(); }
    else if (field && { a: 1, Enter: target === field, x: 1, u: 1, f: 1 }[key]) { done(); decideField({ a: "accept", Enter: "accept", x: "reject", u: "cannot_tell", f: "flag" }[key]); }
    else if (key === "z" && saved.length) { done(); undoField(); }
  });

  // -- computing anew: look how it stands until it ends ---------------------------------------------------------------------------
  const watch = async () => {
    const old = $("#job");
    if (!old || !("running" in old.dataset)) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch("/job")).text(), "text/html"), fresh = page.getElementById("job");
      for (const back of all("[name=back]", fresh)) back.value = location.pathname + location.search;
      const within = old.contains(document.activeElement);
      if (!within && fresh.textContent !== old.textContent) { old.replaceChildren(...fresh.childNodes); if (!("running" in fresh.dataset)) delete old.dataset.running; }
    } catch { /* the desk was closed; the next page says so */ }
    setTimeout(watch, 1500);
  };
  setTimeout(watch, 700);

  // -- a form is sent once -----------------------------------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => { for (const form of all("form[data-sent]")) delete form.dataset.sent; });
})();
