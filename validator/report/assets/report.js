"use strict";
// What moves in the report: boxes laid on the pages as they come into view, the way from a finding to its figures and
// back, filters, keys. The findings themselves are in the document and can be read without this script.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const X0 = 0, TOP = 1, X1 = 2, BOTTOM = 3, STATE = 4, TEXT = 5, READING = 6, LABEL = 7, NOTE = 8, MORE = 9;
  const pages = $("#pages"), list = $("#findings"), tip = $("#tip"), desk = $(".desk");
  const cards = $$(".card"), sheets = new Map($$(".sheet").map((sheet) => [sheet.dataset.key, sheet]));
  const laid = new Map(); // page key → its boxes, in the order of the data
  const findingsOf = new Map(); // "key:box" → indices of findings that name it
  let selected = -1, place = 0; // the finding, and which of its figures

  document.documentElement.classList.add("live");
  data.findings.forEach((finding, index) => finding.marks.forEach((mark) => {
    if (!mark) return;
    const id = `${mark[0]}:${mark[1]}`;
    if (!findingsOf.has(id)) findingsOf.set(id, []);
    if (!findingsOf.get(id).includes(index)) findingsOf.get(id).push(index);
  }));

  // --- boxes ---------------------------------------------------------------------------------------------------

  const percent = (value, whole) => `${(100 * value / whole).toFixed(3)}%`;

  function lay(key) {
    if (laid.has(key)) return laid.get(key);
    const sheet = sheets.get(key), [width, height] = data.sheets[key];
    const put = (box, entry) => {
      box.style.left = percent(entry[X0], width);
      box.style.top = percent(entry[TOP], height);
      box.style.width = percent(entry[X1] - entry[X0], width);
      box.style.height = percent(entry[BOTTOM] - entry[TOP], height);
    };
    const boxes = data.boxes[key].map((entry, index) => {
      const box = document.createElement("button");
      box.type = "button";
      box.className = `box ${entry[STATE]}`;
      box.tabIndex = index ? -1 : 0;
      box.dataset.box = index;
      box.dataset.text = entry[TEXT];
      box.setAttribute("aria-label", spoken(key, index));
      put(box, entry);
      // A figure that runs on over a line's end has a box on each line; the first one speaks for all.
      box.whole = [box, ...(entry[MORE] || []).map((line) => {
        const rest = box.cloneNode();
        rest.tabIndex = -1;
        rest.setAttribute("aria-hidden", "true");
        rest.dataset.text = "";
        put(rest, line);
        return rest;
      })];
      return box;
    });
    sheet.append(...boxes.flatMap((box) => box.whole));
    laid.set(key, boxes);
    if (traced.has(key)) trace(key);
    return boxes;
  }

  for (const [key, sheet] of sheets) {
    const [width, height] = data.sheets[key];
    sheet.style.aspectRatio = `${width} / ${height}`;
    sheet.parentElement.classList.toggle("tall", height > width);
  }
  // Boxes are there for the pages within three screens; of a long report that is a small part of them all.
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const key = target.dataset.key;
      if (isIntersecting) lay(key);
      else if (laid.has(key) && !target.contains(document.activeElement)) {
        $$(".box, .pencil", target).forEach((mark) => mark.remove());
        laid.delete(key);
      }
    }
  }, { root: pages, rootMargin: "300% 0px" });
  sheets.forEach((sheet) => near.observe(sheet));
  addEventListener("beforeprint", () => sheets.forEach((_, key) => lay(key)));

  const named = (key, index) => findingsOf.get(`${key}:${index}`) || [];
  const message = (index) => $(".message", cards[index]).textContent;

  function about(key, index) {
    const entry = data.boxes[key][index];
    const state = { unused: "not a figure", involved: "in a contradiction, another figure is likelier wrong" }[entry[STATE]] || entry[STATE];
    const lines = [entry[NOTE] ? `${state}: ${entry[NOTE]}` : state];
    if (entry[READING]) lines.push(`read as ${entry[READING]}`);
    if (entry[LABEL]) lines.push(entry[LABEL].length > 140 ? `${entry[LABEL].slice(0, 139)}…` : entry[LABEL]);
    for (const finding of named(key, index)) lines.push(`→ ${message(finding)}`);
    return [entry[TEXT] || "(blank)", lines];
  }

  function spoken(key, index) {
    const [text, lines] = about(key, index);
    return [text, ...lines].join("; ");
  }

  // --- the tip beside a figure ---------------------------------------------------------------------------------

  function showTip(box) {
    const [text, lines] = about(box.parentElement.dataset.key, Number(box.dataset.box));
    const strong = document.createElement("b");
    strong.textContent = text;
    tip.replaceChildren(strong, ...lines.map((line, index) => {
      const span = document.createElement("span");
      span.textContent = line;
      if (!index) span.className = "verdict";
      return span;
    }));
    tip.hidden = false;
    const at = box.getBoundingClientRect(), own = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), innerWidth - own.width - 8);
    const above = at.top - own.height - 10;
    tip.style.left = `${left}px`;
    tip.style.top = `${at.bottom + 10 + own.height < innerHeight ? at.bottom + 10 : Math.max(8, above)}px`;
  }
  const hideTip = () => { tip.hidden = true; };
  const boxAt = (event) => event.target.closest(".box");
  pages.addEventListener("pointerover", (event) => { const box = boxAt(event); if (box) showTip(box); else hideTip(); });
  pages.addEventListener("pointerleave", hideTip);
  pages.addEventListener("focusin", (event) => { const box = boxAt(event); if (box && box.matches(":focus-visible:not(.named)")) showTip(box); });
  pages.addEventListener("focusout", hideTip);
  pages.addEventListener("scroll", hideTip, { passive: true });

  // --- a finding and its figures -------------------------------------------------------------------------------

  let traced = new Set(); // the pages that show the selected finding

  // Mark the figures of the selected finding on its pages, and let go of those of the finding before it.
  function retrace() {
    const finding = data.findings[selected], keys = new Set();
    if (finding) finding.marks.forEach((mark) => { if (mark) keys.add(mark[0]); });
    pages.classList.toggle("tracing", Boolean(finding));
    pages.dataset.standing = finding ? finding.standing : "";
    const all = new Set([...traced, ...keys]);
    traced = keys;
    all.forEach(trace);
  }

  function trace(key) {
    const boxes = laid.get(key), sheet = sheets.get(key), finding = data.findings[selected];
    if (!boxes) return;
    $$(".pencil", sheet).forEach((mark) => mark.remove());
    $$(".named", sheet).forEach((box) => box.classList.remove("named", "current", "culprit"));
    if (!finding) return;
    finding.marks.forEach((mark, index) => {
      if (!mark || mark[0] !== key) return;
      boxes[mark[1]].whole.forEach((box) => {
        box.classList.add("named");
        if (index === place) box.classList.add("current");
        if (mark[3]) box.classList.add("culprit");
      });
      if (mark[3]) pencil(sheet, key, mark[1], mark[3], mark[4]);
    });
  }

  // What the figure should be, written beside it as a proofreader would: in a table to its right or left where no
  // other figure stands, else above it; in prose always above it, so that the words that follow stay legible.
  function pencil(sheet, key, index, text, side) {
    const entry = data.boxes[key][index], [width, height] = data.sheets[key];
    const need = 8 + text.length * Math.max(5.5, 0.0085 * width);
    const free = (from, to) => from > 0 && to < width && !data.boxes[key].some((other) => other !== entry
      && other[TOP] < entry[BOTTOM] && other[BOTTOM] > entry[TOP] && other[X0] < to && other[X1] > from);
    const note = document.createElement("span");
    note.textContent = text;
    note.className = "pencil";
    note.style.top = percent(entry[TOP] - 1, height);
    if (side === "beside" && free(entry[X1] + 5, entry[X1] + 5 + need)) note.style.left = percent(entry[X1] + 5, width);
    else if (side === "beside" && free(entry[X0] - 5 - need, entry[X0] - 5)) note.style.right = percent(width - entry[X0] + 5, width);
    else {
      note.classList.add("above");
      note.style.left = percent(entry[X0], width);
    }
    sheet.append(note);
  }

  function select(index, { scroll = true, focus = false, at = 0 } = {}) {
    const before = cards[selected];
    if (before) {
      before.classList.remove("selected");
      $(".headline", before).setAttribute("aria-expanded", "false");
    }
    selected = index;
    place = at;
    const card = cards[index];
    $("#now").hidden = !card;
    if (card) {
      card.classList.add("selected");
      const headline = $(".headline", card);
      headline.setAttribute("aria-expanded", "true");
      if (focus) headline.focus({ preventScroll: true });
      bring(card);
      $("#now-text").textContent = message(index);
      const open = visible();
      $("#said").textContent = `Finding ${open.indexOf(index) + 1} of ${open.length}: ${message(index)}`;
      history.replaceState(null, "", `#${card.dataset.print}`);
    } else {
      history.replaceState(null, "", location.pathname + location.search);
    }
    if (card && scroll) reveal();
    retrace();
  }

  // Bring a card into view below the filters: its end if there is room, its head in any case.
  function bring(card) {
    const view = list.getBoundingClientRect(), own = card.getBoundingClientRect();
    const top = view.top + ($(".filters") ? $(".filters").offsetHeight : 0) + 8;
    const over = Math.min(own.bottom + 8 - view.bottom, own.top - top);
    if (own.top < top) list.scrollTop += own.top - top;
    else if (over > 0) list.scrollTop += over;
  }

  let moving = false; // towards a figure, so that where the page is now says nothing
  pages.addEventListener("scrollend", () => { moving = false; });

  // Bring the current figure of the finding into view; the box, or null where its page is left out.
  function reveal() {
    const marks = data.findings[selected].marks;
    const mark = marks[place] || marks.find(Boolean);
    if (!mark) return null;
    place = marks.indexOf(mark);
    const box = lay(mark[0])[mark[1]];
    const sheet = sheets.get(mark[0]);
    if (getComputedStyle(pages).display !== "none") {
      const top = sheet.getBoundingClientRect().top - pages.getBoundingClientRect().top + pages.scrollTop;
      const [width] = data.sheets[mark[0]], entry = data.boxes[mark[0]][mark[1]], scale = sheet.clientWidth / width;
      const y = top + entry[TOP] * scale, x = sheet.offsetLeft + entry[X0] * scale, room = pages.clientHeight;
      const near = Math.abs(y - pages.scrollTop) < 2 * room && !matchMedia("(prefers-reduced-motion: reduce)").matches;
      const to = { behavior: near ? "smooth" : "instant" };
      const out = y < pages.scrollTop + room * 0.15 || y > pages.scrollTop + room * 0.8;
      if (out || moving) { to.top = y - room * 0.4; moving = true; }
      if (x < pages.scrollLeft || x > pages.scrollLeft + pages.clientWidth) to.left = x - pages.clientWidth / 2;
      pages.scrollTo(to);
    }
    return box;
  }

  function go(at) {
    if (selected < 0) return;
    place = at;
    pane("pages");
    const box = reveal();
    retrace();
    if (box) box.focus({ preventScroll: true, focusVisible: true });
  }

  function step(by) {
    const open = visible();
    if (!open.length) return;
    const here = open.indexOf(selected);
    const next = here < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(Math.max(here + by, 0), open.length - 1);
    select(open[next], { focus: getComputedStyle(list).display !== "none" });
  }

  function stepFigure(by) {
    const active = document.activeElement;
    const marks = selected >= 0 ? data.findings[selected].marks : [];
    const known = marks.map((mark, index) => (mark ? index : -1)).filter((index) => index >= 0);
    if (known.length) {
      go(known[(known.indexOf(place) + by + known.length) % known.length]);
    } else if (active.classList.contains("box")) {
      const boxes = laid.get(active.parentElement.dataset.key).filter((box) => box.offsetParent);
      const next = boxes[(boxes.indexOf(active) + by + boxes.length) % boxes.length];
      next.focus({ focusVisible: true });
    }
  }

  list.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    if (!card) return;
    const index = cards.indexOf(card), mark = event.target.closest("[data-mark]");
    if (mark) {
      if (index !== selected) select(index, { scroll: false });
      go(Number(mark.dataset.mark));
    } else if (event.target.closest(".headline")) {
      if (index !== selected) select(index);
      else if (event.detail === 0) go(place); // Enter on the selected finding
      else select(-1);
    }
  });

  pages.addEventListener("click", (event) => {
    const box = boxAt(event);
    if (!box) return;
    const key = box.parentElement.dataset.key, index = Number(box.dataset.box), of = named(key, index);
    if (!of.length) { showTip(box); return; }
    // A figure of several findings leads to each of them in turn.
    const next = of[(of.indexOf(selected) + 1) % of.length];
    reopen(next);
    const at = data.findings[next].marks.findIndex((mark) => mark && mark[0] === key && mark[1] === index);
    if (event.detail === 0) pane("findings");
    select(next, { scroll: false, focus: event.detail === 0, at });
  });

  // --- filters -------------------------------------------------------------------------------------------------

  const search = $("#search");
  const haystacks = cards.map((card) => card.textContent.toLowerCase());
  const visible = () => cards.map((_, index) => index).filter((index) => !cards[index].parentElement.hidden);

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set($$(".filters .chip[aria-pressed=false]").map((chip) => chip.dataset.standing));
    cards.forEach((card, index) => {
      card.parentElement.hidden = off.has(card.dataset.standing) || !words.every((word) => haystacks[index].includes(word));
    });
    $$(".group").forEach((group) => { group.hidden = !$("li:not([hidden]) > .card", group); });
    $("#nothing").hidden = visible().length > 0;
    if (selected >= 0 && cards[selected].parentElement.hidden) select(-1);
  }
  // A finding that a filter hides is shown again when a figure leads to it.
  function reopen(index) {
    if (!cards[index].parentElement.hidden) return;
    search.value = "";
    $(`.filters .chip[data-standing=${cards[index].dataset.standing}]`).setAttribute("aria-pressed", "true");
    filter();
  }
  const toggle = (chip) => chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") === "false"));
  if (search) {
    search.addEventListener("input", filter);
    search.form.addEventListener("submit", (event) => event.preventDefault());
    $$(".filters .chip").forEach((chip) => chip.addEventListener("click", () => { toggle(chip); filter(); }));
    $("#clear").addEventListener("click", () => {
      search.value = "";
      $$(".filters .chip").forEach((chip) => chip.setAttribute("aria-pressed", "true"));
      filter();
    });
    filter();
  }
  const states = {};
  Object.values(data.boxes).forEach((boxes) => boxes.forEach((entry) => { states[entry[STATE]] = (states[entry[STATE]] || 0) + 1; }));
  $$(".key").forEach((key) => {
    const state = key.dataset.state;
    key.hidden = !states[state];
    $("b", key).textContent = states[state] || "";
    const apply = () => sheets.forEach((sheet) => sheet.classList.toggle(`hide-${state}`, key.getAttribute("aria-pressed") === "false"));
    key.addEventListener("click", () => { toggle(key); apply(); });
    apply();
  });

  // --- pages: jump, size, rail ---------------------------------------------------------------------------------

  const jump = $("#jump"), rail = $(".rail ol");
  const show = (key) => { pane("pages"); $(`#${key}`).scrollIntoView({ block: "start" }); };
  jump.addEventListener("change", () => show(jump.value));
  let zoom = 1;
  $$("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    const by = Number(button.dataset.zoom);
    zoom = by ? Math.min(4, Math.max(0.4, zoom * (by > 0 ? 1.25 : 0.8))) : 1;
    document.documentElement.style.setProperty("--zoom", zoom);
  }));
  const thumbs = new Map(), canvases = [];
  sheets.forEach((sheet, key) => {
    const item = document.createElement("li"), button = document.createElement("button"), canvas = document.createElement("canvas");
    const [width, height] = data.sheets[key];
    canvas.width = 192;
    canvas.height = Math.round(192 * height / width);
    const counts = [0, 0];
    data.findings.forEach((finding) => {
      if (finding.marks.some((mark) => mark && mark[0] === key)) counts[finding.standing === "error" || finding.standing === "warning" ? 0 : 1] += 1;
    });
    button.type = "button";
    button.append(canvas, sheet.parentElement.querySelector("h3").textContent);
    button.setAttribute("aria-label", `${sheet.parentElement.getAttribute("aria-label")}, findings: ${counts[0] + counts[1]}`);
    if (counts[0] || counts[1]) {
      const badge = document.createElement("em");
      badge.textContent = counts[0] || counts[1];
      if (!counts[0]) badge.className = "soft";
      button.append(badge);
    }
    button.addEventListener("click", () => show(key));
    item.append(button);
    rail.append(item);
    thumbs.set(key, button);
    canvas.dataset.key = key;
    canvases.push(canvas);
  });
  function draw(key, canvas) {
    const image = $("img", sheets.get(key)), ink = canvas.getContext("2d"), [width] = data.sheets[key];
    const dots = () => data.boxes[key].forEach((entry) => {
      if (entry[STATE] !== "violated") return;
      const scale = canvas.width / width;
      ink.fillStyle = "rgb(226 30 66 / .75)";
      ink.fillRect(entry[X0] * scale - 1, entry[TOP] * scale - 1, (entry[X1] - entry[X0]) * scale + 2, (entry[BOTTOM] - entry[TOP]) * scale + 2);
    });
    if (!image) { dots(); return; }
    const copy = new Image();
    copy.src = image.src;
    copy.decode().then(() => { ink.drawImage(copy, 0, 0, canvas.width, canvas.height); dots(); }, () => {});
  }
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    seen.unobserve(entry.target);
    draw(entry.target.dataset.key, entry.target);
  }), { root: $(".rail"), rootMargin: "50% 0px" });
  canvases.forEach((canvas) => seen.observe(canvas));
  let waiting = false;
  pages.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; whereAmI(); });
  }, { passive: true });
  function whereAmI() {
    const middle = pages.getBoundingClientRect().top + pages.clientHeight * 0.4;
    let here = null;
    for (const [key, sheet] of sheets) { if (sheet.getBoundingClientRect().top > middle && here) break; here = key; }
    if (!here || jump.value === here && thumbs.get(here).hasAttribute("aria-current")) return;
    jump.value = here;
    thumbs.forEach((button, key) => { if (key === here) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current"); });
    const button = thumbs.get(here), box = $(".rail");
    if (button.offsetTop < box.scrollTop || button.offsetTop + button.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = button.offsetTop - box.clientHeight / 3;
  }
  whereAmI();

  // --- narrow windows: one pane at a time ----------------------------------------------------------------------

  function pane(name) {
    if (getComputedStyle($(".panes")).display === "none") return;
    desk.dataset.pane = name;
    $$(".panes button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === name)));
  }
  $$(".panes button").forEach((button) => button.addEventListener("click", () => {
    pane(button.dataset.pane);
    if (selected >= 0) { if (button.dataset.pane === "pages") reveal(); else bring(cards[selected]); }
  }));
  $$("#now [data-step]").forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
  $("#now-text").addEventListener("click", () => { pane("findings"); bring(cards[selected]); });

  // --- keys ----------------------------------------------------------------------------------------------------

  const help = $("#help");
  $("#help-open").addEventListener("click", () => help.showModal());
  const inList = () => list.contains(document.activeElement);
  function back() {
    if (document.activeElement.classList.contains("box") && selected >= 0) {
      pane("findings");
      $(".headline", cards[selected]).focus();
      bring(cards[selected]);
    } else if (document.activeElement === search) {
      search.value = "";
      filter();
      search.blur();
    } else {
      select(-1);
    }
    hideTip();
  }
  const keys = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    ArrowDown: () => (inList() ? step(1) : false), ArrowUp: () => (inList() ? step(-1) : false),
    ArrowRight: () => stepFigure(1), ArrowLeft: () => stepFigure(-1),
    Enter: () => (document.activeElement === document.body && selected >= 0 ? go(place) : false),
    Escape: back, "?": () => help.showModal(), "/": () => { pane("findings"); if (search) search.focus(); },
  };
  addEventListener("keydown", (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select");
    if (typing && event.key !== "Escape") return;
    const act = keys[event.key];
    if (act && act() !== false) event.preventDefault();
  });

  const linked = cards.findIndex((card) => card.dataset.print === decodeURIComponent(location.hash.slice(1)));
  if (linked >= 0) { reopen(linked); select(linked); }
})();
