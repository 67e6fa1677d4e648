// Small helpers; every page works without them.

// Search suggestions: arrow keys walk through the hits that htmx has fetched.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.getAttribute("role") !== "combobox") return;
  const hits = [...document.querySelectorAll(`#${input.getAttribute("aria-controls")} [role=option]`)];
  const now = hits.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    event.preventDefault();
    select(input, hits, (now + step + hits.length) % hits.length);
  } else if (event.key === "Enter" && now >= 0) {
    event.preventDefault();
    hits[now].querySelector("a").click();
  } else if (event.key === "Escape") {
    hits.forEach((hit) => hit.remove());
    input.setAttribute("aria-expanded", "false");
  }
});

function select(input, hits, chosen) {
  hits.forEach((hit, number) => hit.setAttribute("aria-selected", String(number === chosen)));
  input.setAttribute("aria-activedescendant", hits[chosen].id);
  hits[chosen].scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:afterSwap", (event) => {
  const input = document.querySelector(`[aria-controls="${event.target.id}"]`);
  if (input) input.setAttribute("aria-expanded", String(event.target.querySelector("[role=option]") !== null));
});

// A grid of figures: Enter and the arrows walk its columns, and a block copied from a spreadsheet is laid over it.
const BOX = "input:not([type=hidden])";
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches?.(`[data-kisi] ${BOX}`)) return;
  event.preventDefault();
  const cell = event.target.closest("td"), body = cell.closest("tbody");
  const column = cell.querySelectorAll(BOX).length > 1 ? body.querySelectorAll(BOX)
    : [...body.rows].map((row) => row.cells[cell.cellIndex].querySelector(BOX)).filter(Boolean);
  const boxes = [...column], next = boxes[boxes.indexOf(event.target) + step];
  next?.focus();
  next?.select();
});
document.addEventListener("paste", (event) => {
  if (!event.target.matches?.("[data-kisi] td > input")) return;
  const lines = event.clipboardData.getData("text").trimEnd().split(/\r?\n/).map((line) => line.split("\t"));
  if (lines.length === 1 && lines[0].length === 1) return;
  event.preventDefault();
  const cell = event.target.closest("td"), rows = [...cell.closest("tbody").rows], first = rows.indexOf(cell.parentElement);
  lines.forEach((line, down) => {
    const row = rows[first + down];
    line.forEach((text, right) => {
      const box = row?.cells[cell.cellIndex + right]?.querySelector(BOX);
      if (box) box.value = text.trim();
    });
    row?.dispatchEvent(new Event("change", { bubbles: true }));
  });
});

// Selects that take effect at once; the button beside them is for readers without JavaScript.
document.querySelectorAll("form[data-langsung]").forEach((form) => {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
});

// A field that leaves only the lines of a list that hold what is typed; nothing typed leaves the page.
document.querySelectorAll("[data-cari-baris]").forEach((part) => {
  part.hidden = false;
  part.querySelector("input").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase();
    for (const line of document.getElementById(part.dataset.cariBaris).children) line.hidden = !line.querySelector("label").textContent.toLowerCase().includes(words);
  });
});

// Interactive chart: plotly and the figure are fetched only when somebody asks for them.
document.querySelectorAll("button[data-grafik]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => draw(button), { once: true });
});

async function draw(button) {
  const target = document.getElementById(button.getAttribute("aria-controls"));
  button.disabled = true;
  button.textContent = button.dataset.memuat;
  try {
    const [figure] = await Promise.all([fetch(button.dataset.grafik).then((answer) => answer.json()), load(button.dataset.pustaka)]);
    target.classList.add("grafik");
    await window.Plotly.newPlot(target, figure.data, figure.layout, { responsive: true, displaylogo: false });
    button.remove();
  } catch {
    button.textContent = button.dataset.gagal;
  }
}

function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
