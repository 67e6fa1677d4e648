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

// Selects that take effect at once; the button beside them is for readers without JavaScript.
document.querySelectorAll("form[data-langsung]").forEach((form) => {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
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
