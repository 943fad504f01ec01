// The map, timeline and list of a publication. Reads window.WITNESSMARK, asks nothing of any host.
"use strict";
(() => {
  const D = window.WITNESSMARK, N = D.id.length, DAY = 864e5, MOST = 100;
  const $ = (id) => document.getElementById(id);
  const map = $("map"), time = $("time");
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const text = D.place.map((p, i) => (p + " " + D.acts[D.act[i]]).toLowerCase());
  const page = (i) => "incidents/" + (D.each === 1 ? D.id[i] + D.suffix + ".html" : String(Math.floor(i / D.each) + 1).padStart(5, "0") + D.suffix + ".html#" + D.id[i]);
  let shown = [], view = null;

  const add = (parent, name, words) => { const e = document.createElement(name); if (words !== undefined) e.textContent = words; parent.append(e); return e; };
  const option = (value, words) => { add($("act"), "option", words).value = value; };
  option("", D.texts.any);
  D.acts.map((a, i) => [a, i]).sort((a, b) => a[0].localeCompare(b[0])).forEach(([a, i]) => option(i, a));

  function filter() {
    const from = $("from").value ? Date.parse($("from").value) / DAY : -Infinity, to = $("to").value ? Date.parse($("to").value) / DAY : Infinity;
    const act = $("act").value, words = $("search").value.trim().toLowerCase(), timed = from > -Infinity || to < Infinity;
    shown = [];
    for (let i = 0; i < N; i++) {
      if (timed && (D.from[i] === null || D.to[i] < from || D.from[i] > to)) continue;
      if (act !== "" && D.act[i] !== +act) continue;
      if (words && !text[i].includes(words)) continue;
      shown.push(i);
    }
    $("count").textContent = shown.length + " / " + N + " " + D.texts.matching;
    list(shown);
    draw();
  }

  function list(rows) {
    const target = $("hits");
    target.replaceChildren();
    for (const i of rows.slice(0, MOST)) {
      const item = add(target, "li"), link = add(item, "a", D.acts[D.act[i]] + ", " + D.place[i]);
      link.href = page(i);
      add(item, "small", D.date[i] + " · " + D.texts.killed + ": " + D.killed[i] + " · " + D.texts.injured + ": " + D.injured[i]);
      add(item, "small", D.texts[D.reviewed[i] ? "is_reviewed" : "not_reviewed"]);
    }
    if (rows.length > MOST) add(target, "li", "+ " + (rows.length - MOST));
  }

  function fit() {
    let w = 180, e = -180, s = 90, n = -90;
    for (let i = 0; i < N; i++) if (D.lat[i] !== null) { w = Math.min(w, D.lon[i]); e = Math.max(e, D.lon[i]); s = Math.min(s, D.lat[i]); n = Math.max(n, D.lat[i]); }
    if (w > e) { w = -180; e = 180; s = -60; n = 75; }
    const lat = (s + n) / 2, box = map.getBoundingClientRect(), squeeze = Math.max(0.2, Math.cos(lat * Math.PI / 180));
    view = { lat, lon: (w + e) / 2, unit: Math.min(box.width / Math.max((e - w) * squeeze * 1.25, 0.5), box.height / Math.max((n - s) * 1.25, 0.5)), squeeze };
  }

  function surface(canvas) {
    const ratio = window.devicePixelRatio || 1, box = canvas.getBoundingClientRect();
    canvas.width = Math.round(box.width * ratio); canvas.height = Math.round(box.height * ratio);
    const c = canvas.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0); c.clearRect(0, 0, box.width, box.height); c.font = "12px system-ui, sans-serif";
    return [c, box.width, box.height];
  }
  const x = (lon, w) => w / 2 + (lon - view.lon) * view.squeeze * view.unit, y = (lat, h) => h / 2 - (lat - view.lat) * view.unit;

  let spots = [];
  function drawMap() {
    const [c, w, h] = surface(map), cell = 18, cells = new Map();
    ground(c, w, h); grid(c, w, h);
    for (const i of shown) {
      if (D.lat[i] === null) continue;
      const px = x(D.lon[i], w), py = y(D.lat[i], h);
      if (px < -20 || py < -20 || px > w + 20 || py > h + 20) continue;
      const key = Math.floor(px / cell) * 4096 + Math.floor(py / cell), held = cells.get(key);
      if (held) { held.x += px; held.y += py; held.rows.push(i); } else cells.set(key, { x: px, y: py, rows: [i] });
    }
    spots = [...cells.values()].map((s) => ({ x: s.x / s.rows.length, y: s.y / s.rows.length, rows: s.rows, r: Math.min(4 + 1.6 * Math.sqrt(s.rows.length - 1), 24) }));
    spots.sort((a, b) => b.rows.length - a.rows.length);
    c.fillStyle = css("said"); c.globalAlpha = 0.72;
    for (const s of spots) { c.beginPath(); c.arc(s.x, s.y, s.r, 0, 7); c.fill(); }
    c.globalAlpha = 1; c.fillStyle = css("text");
    const taken = spots.slice(0, 60).map((s) => [s.x - s.r, s.y - s.r, s.x + s.r, s.y + s.r]);
    for (const s of spots.slice(0, 40)) {
      const names = new Set(s.rows.map((i) => D.place[i])), name = D.place[s.rows[0]].split(",")[0] + (names.size > 1 ? " +" + (names.size - 1) : "") + (s.rows.length > 1 ? " (" + s.rows.length + ")" : ""), wide = c.measureText(name).width;
      const box = [s.x + s.r + 4, s.y - 8, s.x + s.r + 4 + wide, s.y + 6];
      if (box[2] > w || taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
      taken.push(box); c.fillText(name, box[0], s.y + 4);
    }
  }

  // Land and borders: the finer outlines where they cover all that is seen.
  function ground(c, w, h) {
    const M = window.WITNESSMARK_MAP;
    c.fillStyle = css("sea"); c.fillRect(0, 0, w, h);
    if (!M) return;
    const half = w / 2 / view.unit / view.squeeze, tall = h / 2 / view.unit, b = M.fine && M.fine.box;
    const from = b && view.lon - half >= b[0] && view.lon + half <= b[2] && view.lat - tall >= b[1] && view.lat + tall <= b[3] ? M.fine : M;
    const trace = (line) => { for (let i = 0; i < line.length; i += 2) c[i ? "lineTo" : "moveTo"](x(line[i] / 100, w), y(line[i + 1] / 100, h)); };
    c.beginPath(); for (const ring of from.land) { trace(ring); c.closePath(); }
    c.fillStyle = css("land"); c.fill("evenodd");
    c.beginPath(); from.borders.forEach(trace);
    c.strokeStyle = css("border"); c.lineWidth = 1; c.stroke();
  }

  function grid(c, w, h) {
    const step = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1].find((s) => s * view.unit < 130) || 0.1;
    c.strokeStyle = css("line"); c.fillStyle = css("muted"); c.lineWidth = 1;
    const left = view.lon - w / 2 / view.unit / view.squeeze, right = view.lon + w / 2 / view.unit / view.squeeze, low = view.lat - h / 2 / view.unit, high = view.lat + h / 2 / view.unit;
    const line = (a, b, d, e) => { c.beginPath(); c.moveTo(a, b); c.lineTo(d, e); c.stroke(); };
    const name = (v, a, b) => Math.abs(+v.toFixed(1)) + "°" + (v < 0 ? b : v > 0 ? a : "");
    for (let d = Math.ceil(left / step) * step; d <= right; d += step) { line(x(d, w), 0, x(d, w), h); c.fillText(name(d, "E", "W"), x(d, w) + 3, h - 5); }
    for (let d = Math.ceil(low / step) * step; d <= high; d += step) { line(0, y(d, h), w, y(d, h)); c.fillText(name(d, "N", "S"), 4, y(d, h) - 3); }
  }

  // First and last day of the timeline: a few far days would press the rest together (the rule of the report's timeline).
  function between(days) {
    days.sort((a, b) => a - b);
    const tenth = Math.floor(days.length / 10), near = days[tenth], far = days[days.length - 1 - tenth], long = far - near;
    if (long < 30 || days[days.length - 1] - days[0] <= 6 * long) return [days[0], days[days.length - 1]];
    const held = days.filter((d) => d >= near - long && d <= far + long);
    return [held[0], held[held.length - 1]];
  }

  function drawTime() {
    const [c, w, h] = surface(time), dated = shown.filter((i) => D.from[i] !== null);
    if (!dated.length) return;
    const [first, last] = between(dated.map((i) => D.from[i])), inside = dated.filter((i) => D.to[i] >= first && D.from[i] <= last);
    const earlier = dated.filter((i) => D.to[i] < first).length, later = dated.length - inside.length - earlier;
    const count = Math.max(1, Math.min(120, last - first + 1)), width = (last - first + 1) / count, sure = new Array(count).fill(0), perhaps = new Array(count).fill(0);
    for (const i of inside) {
      const a = Math.max(0, Math.floor((D.from[i] - first) / width)), b = Math.min(count - 1, Math.floor((D.to[i] - first) / width));
      if (a === b) sure[a]++; else for (let k = a; k <= b; k++) perhaps[k]++;
    }
    const top = Math.max(...sure.map((s, k) => s + perhaps[k])), tall = h - 34, left = 34, each = (w - left - 8) / count;
    c.fillStyle = css("muted"); c.fillText(String(top), 4, 16); c.fillText("0", 4, tall + 10);
    sure.forEach((s, k) => {
      const a = s / top * tall, b = perhaps[k] / top * tall;
      c.fillStyle = css("said"); c.fillRect(left + k * each, tall + 8 - a, Math.max(each - 1, 1), a);
      c.globalAlpha = 0.4; c.fillRect(left + k * each, tall + 8 - a - b, Math.max(each - 1, 1), b); c.globalAlpha = 1;
    });
    c.fillStyle = css("muted"); c.fillText(iso(first) + (earlier ? " (" + D.texts.earlier + ": " + earlier + ")" : ""), left, h - 8);
    c.textAlign = "right"; c.fillText((later ? "(" + D.texts.later + ": " + later + ") " : "") + iso(last), w - 8, h - 8); c.textAlign = "left";
  }

  let waiting = false;
  function draw() { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; if (!view) fit(); drawMap(); drawTime(); }); } }
  const zoom = (by) => { view.unit = Math.min(Math.max(view.unit * by, 1), 20000); draw(); };
  const move = (dx, dy) => { view.lon += dx / view.unit / view.squeeze; view.lat -= dy / view.unit; draw(); };

  for (const id of ["from", "to", "act"]) $(id).addEventListener("change", filter);
  $("search").addEventListener("input", filter);
  $("in").addEventListener("click", () => zoom(1.6)); $("out").addEventListener("click", () => zoom(1 / 1.6));
  $("whole").addEventListener("click", () => { fit(); draw(); });
  map.addEventListener("keydown", (e) => {
    const act = { ArrowLeft: () => move(-60, 0), ArrowRight: () => move(60, 0), ArrowUp: () => move(0, -60), ArrowDown: () => move(0, 60), "+": () => zoom(1.6), "-": () => zoom(1 / 1.6) }[e.key];
    if (act && !e.ctrlKey && !e.metaKey && !e.altKey) { e.preventDefault(); act(); }
  });
  let from = null, moved = false;
  map.addEventListener("pointerdown", (e) => { from = [e.clientX, e.clientY]; moved = false; map.setPointerCapture(e.pointerId); });
  map.addEventListener("pointermove", (e) => { if (from) { const dx = e.clientX - from[0], dy = e.clientY - from[1]; if (moved || Math.hypot(dx, dy) > 4) { moved = true; move(-dx, -dy); from = [e.clientX, e.clientY]; } } });
  map.addEventListener("pointerup", (e) => {
    from = null;
    if (moved) return;
    const box = map.getBoundingClientRect(), px = e.clientX - box.left, py = e.clientY - box.top;
    const hit = spots.find((s) => Math.hypot(s.x - px, s.y - py) < s.r + 4);
    list(hit ? hit.rows : shown);
  });
  window.addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  filter();
})();
