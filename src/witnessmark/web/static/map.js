// The map of the case page: outlines from a file of ours, incidents as the server gathered them; nothing is fetched from elsewhere.
"use strict";

(() => {
  const holder = document.getElementById("map");
  if (!holder) return;
  const canvas = document.getElementById("map-canvas"), tip = document.getElementById("map-tip"), pen = canvas.getContext("2d");
  let cells = JSON.parse(holder.dataset.cells), world = null, fine = null, width = 0, height = 0;
  const view = { x: 0.5, y: 0.4, scale: 1 }, [many, clash, exact, km, nearer] = holder.dataset.words.split("|");

  // Mercator, in units of the world's width.
  const project = (latitude, longitude) => {
    const sine = Math.sin((Math.max(-84, Math.min(84, latitude)) * Math.PI) / 180);
    return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  };
  const latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  const toScreen = ([x, y]) => [(x - view.x) * view.scale + width / 2, (y - view.y) * view.scale + height / 2];
  const colours = () => { const s = getComputedStyle(document.documentElement); return (name) => s.getPropertyValue(`--${name}`).trim(); };

  const decode = (data) => {
    const [sx, sy] = data.scale, [tx, ty] = data.translate;
    const arcs = data.arcs.map((flat) => {
      const points = [];
      let x = 0, y = 0;
      for (let i = 0; i < flat.length; i += 2) { x += flat[i]; y += flat[i + 1]; points.push(project(y * sy + ty, x * sx + tx)); }
      return points;
    });
    const land = new Path2D(), lines = new Path2D();
    for (const ring of data.land) outline(land, ring.flatMap((n) => (n >= 0 ? arcs[n] : arcs[~n].slice().reverse())));
    for (const n of data.borders) arcs[n].forEach(([x, y], i) => (i ? lines.lineTo(x, y) : lines.moveTo(x, y)));
    return { land, lines };
  };
  // A ring may cross the 180th meridian: it is unrolled, and drawn a second time one world away. One that goes round a pole is closed there.
  const outline = (path, ring) => {
    let shift = 0, last = ring[0][0];
    const points = ring.map(([x, y]) => { if (x - last > 0.5) shift -= 1; else if (last - x > 0.5) shift += 1; last = x; return [x + shift, y]; });
    if (shift) { const foot = points[0][1] > 0.5 ? 2 : -1; points.push([points.at(-1)[0], foot], [points[0][0], foot]); }
    const left = Math.min(...points.map((p) => p[0])), right = Math.max(...points.map((p) => p[0]));
    for (const by of [0, ...(left < 0 ? [1] : []), ...(right > 1 ? [-1] : [])]) {
      points.forEach(([x, y], i) => (i ? path.lineTo(x + by, y) : path.moveTo(x + by, y)));
      path.closePath();
    }
  };
  const load = async (address) => { const answer = await fetch(address); return decode(await answer.json()); };

  const fit = (text) => {
    if (!text) return;
    const [south, west, north, east] = text.split(",").map(Number);
    const [left, top] = project(north, west), [right, bottom] = project(south, east);
    view.x = (left + right) / 2; view.y = (top + bottom) / 2;
    view.scale = Math.min(width / Math.max(right - left, 1e-6), height / Math.max(bottom - top, 1e-6));
  };
  const bounds = () => {
    const west = (view.x - width / 2 / view.scale - 0.5) * 360, east = (view.x + width / 2 / view.scale - 0.5) * 360;
    const north = latitude(view.y - height / 2 / view.scale), south = latitude(view.y + height / 2 / view.scale);
    return [south, Math.max(-180, west), north, Math.min(180, east)].map((v) => v.toFixed(4)).join(",");
  };

  let planned = false;
  const draw = () => { if (!planned) { planned = true; requestAnimationFrame(paint); } };
  const size = (count) => (count === 1 ? 4.5 : Math.min(20, 6 + 2.6 * Math.log2(count)));

  function paint() {
    planned = false;
    const colour = colours(), ratio = devicePixelRatio || 1;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colour("sea");
    pen.fillRect(0, 0, width, height);
    const shapes = (view.scale > 3000 && fine) || world;
    if (shapes) {
      pen.save();
      pen.translate(width / 2, height / 2); pen.scale(view.scale, view.scale); pen.translate(-view.x, -view.y);
      pen.beginPath(); pen.rect(0, -1, 1, 3); pen.clip(); // one world: what crosses the 180th meridian is drawn at both of its ends
      pen.fillStyle = colour("land"); pen.fill(shapes.land, "evenodd");
      pen.lineWidth = 0.8 / view.scale; pen.strokeStyle = colour("border"); pen.stroke(shapes.lines);
      pen.restore();
    }
    for (const cell of cells) circle(cell, colour);
    for (const cell of [...cells].reverse()) dot(cell, colour);
    names(colour);
  }
  // Names of places, those with the most incidents first, as far as no name hides another or a dot.
  function names(colour) {
    const taken = cells.map(([lat, lon, count]) => { const [x, y] = toScreen(project(lat, lon)), r = size(count); return [x - r, y - r, x + r, y + r]; });
    const free = (box) => !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
    pen.font = "11px system-ui, sans-serif"; pen.textBaseline = "middle"; pen.lineJoin = "round"; pen.lineWidth = 3;
    let drawn = 0;
    for (const [lat, lon, count, , , , , name] of cells) {
      if (!name || drawn >= 40) continue;
      const [x, y] = toScreen(project(lat, lon)), r = size(count), wide = pen.measureText(name).width;
      if (x < 0 || y < 0 || x > width || y > height) continue;
      for (const left of [x + r + 3, x - r - 3 - wide]) {
        const box = [left, y - 7, left + wide, y + 7];
        if (left < 0 || left + wide > width || !free(box)) continue;
        taken.push(box); drawn += 1;
        pen.textAlign = "left"; pen.strokeStyle = colour("land"); pen.strokeText(name, left, y); pen.fillStyle = colour("text"); pen.fillText(name, left, y);
        break;
      }
    }
  }
  // How exact a place is known: a dashed circle of its radius, so that nobody takes a region for a point.
  function circle([lat, lon, , radius, , , gathered], colour) {
    if (gathered || !radius) return;
    const [x, y] = toScreen(project(lat, lon)), r = ((radius / 40075) * view.scale) / Math.cos((lat * Math.PI) / 180);
    if (r < 7 || x < -r || y < -r || x > width + r || y > height + r) return;
    pen.beginPath(); pen.arc(x, y, r, 0, 7);
    pen.globalAlpha = 0.08; pen.fillStyle = colour("accent"); pen.fill();
    pen.globalAlpha = 0.75; pen.setLineDash([4, 4]); pen.lineWidth = 1; pen.strokeStyle = colour("accent"); pen.stroke(); pen.setLineDash([]); pen.globalAlpha = 1;
  }
  function dot([lat, lon, count, , clash], colour) {
    const [x, y] = toScreen(project(lat, lon)), r = size(count);
    if (x < -r || y < -r || x > width + r || y > height + r) return;
    pen.beginPath(); pen.arc(x, y, r, 0, 7);
    pen.fillStyle = colour("accent"); pen.globalAlpha = 0.92; pen.fill(); pen.globalAlpha = 1;
    pen.lineWidth = 1.5; pen.strokeStyle = colour("surface"); pen.stroke();
    if (clash) { pen.save(); pen.translate(x + r * 0.8, y - r * 0.8); pen.rotate(Math.PI / 4); pen.fillStyle = colour("deny"); pen.fillRect(-3.2, -3.2, 6.4, 6.4); pen.strokeRect(-3.2, -3.2, 6.4, 6.4); pen.restore(); }
    if (count > 1) {
      const told = count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
      pen.fillStyle = colour("surface"); pen.font = `600 ${r > 11 ? 11 : 9}px system-ui, sans-serif`; pen.textAlign = "center"; pen.textBaseline = "middle";
      if (r > 8) pen.fillText(told, x, y + 0.5);
    }
  }

  const at = (x, y) => cells.find((cell) => { const [cx, cy] = toScreen(project(cell[0], cell[1])); return Math.hypot(cx - x, cy - y) <= Math.max(size(cell[2]), 12); });
  const tell = (() => { let timer = null; return () => { clearTimeout(timer); timer = setTimeout(() => document.dispatchEvent(new CustomEvent("view", { detail: bounds() })), 220); }; })();
  const clamp = () => {
    view.scale = Math.max(Math.min(width, height * 1.2) * 0.9, Math.min(view.scale, 4e6));
    view.x = Math.max(0, Math.min(1, view.x)); view.y = Math.max(0.05, Math.min(0.95, view.y));
    if (view.scale > 3000) once();
  };
  let asked = false;
  const once = () => { if (!asked) { asked = true; load(holder.dataset.fine).then((shapes) => { fine = shapes; draw(); }); } };
  const moved = () => { clamp(); draw(); tell(); };
  const zoom = (factor, x = width / 2, y = height / 2) => {
    const before = [(x - width / 2) / view.scale, (y - height / 2) / view.scale];
    view.scale *= factor; clamp();
    view.x += before[0] - (x - width / 2) / view.scale; view.y += before[1] - (y - height / 2) / view.scale;
    moved();
  };
  const pan = (dx, dy) => { view.x += dx / view.scale; view.y += dy / view.scale; moved(); };
  const open = (cell) => {
    if (cell[5] >= 0) { location.href = `/i/${cell[5]}${holder.dataset.rev ? `?rev=${holder.dataset.rev}` : ""}`; return; }
    [view.x, view.y] = project(cell[0], cell[1]);
    if (!cell[6] && view.scale > 2e5) { const within = document.querySelector('[name="within"]'); within.checked = true; }
    zoom(cell[6] ? 3 : Math.max(2, 4e5 / view.scale));
    if (!cell[6]) { document.querySelector('[name="within"]').checked = true; tell(); }
  };

  let held = null;
  canvas.addEventListener("pointerdown", (event) => { held = [event.offsetX, event.offsetY, event.offsetX, event.offsetY]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (held) { view.x -= (event.offsetX - held[2]) / view.scale; view.y -= (event.offsetY - held[3]) / view.scale; held[2] = event.offsetX; held[3] = event.offsetY; clamp(); draw(); tip.hidden = true; return; }
    const cell = at(event.offsetX, event.offsetY);
    canvas.classList.toggle("over", Boolean(cell));
    tip.hidden = !cell;
    if (cell) {
      tip.textContent = [cell[7], `${many}: ${cell[2]}`, cell[4] ? `${clash}: ${cell[4]}` : "", cell[6] ? nearer : cell[3] ? `${exact} ± ${cell[3]} ${km}` : ""].filter(Boolean).join(" · ");
      tip.style.left = `${Math.min(event.offsetX + 12, Math.max(0, width - 260))}px`; tip.style.top = `${event.offsetY + 14}px`;
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!held) return;
    const still = Math.hypot(event.offsetX - held[0], event.offsetY - held[1]) < 4;
    held = null;
    if (!still) { moved(); return; }
    const cell = at(event.offsetX, event.offsetY);
    if (cell) open(cell);
  });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.35 : 1 / 1.35, event.offsetX, event.offsetY); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = 60, acts = { ArrowLeft: () => pan(-step, 0), ArrowRight: () => pan(step, 0), ArrowUp: () => pan(0, -step), ArrowDown: () => pan(0, step), "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => whole() };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
    else if (event.key === "Enter") { const near = at(width / 2, height / 2); if (near) open(near); }
  });
  const first = holder.dataset.box;
  const whole = () => { if (first) fit(first); else Object.assign(view, { x: 0.5, y: 0.4, scale: 1 }); moved(); };
  holder.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map]");
    if (button) ({ in: () => zoom(1.6), out: () => zoom(1 / 1.6), all: whole })[button.dataset.map]();
  });
  document.addEventListener("cells", (event) => { cells = JSON.parse(event.detail.cells); draw(); });
  new ResizeObserver(() => {
    const box = canvas.getBoundingClientRect(), fresh = !width;
    width = box.width; height = box.height;
    canvas.width = width * (devicePixelRatio || 1); canvas.height = height * (devicePixelRatio || 1);
    if (fresh) { fit(holder.dataset.box); clamp(); }
    draw();
  }).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  load(holder.dataset.world).then((shapes) => { world = shapes; draw(); });
})();
