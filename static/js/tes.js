// A test on a shaky line: the questions are fetched once, and every answer waits on the telephone until the server has
// it, in order; handing in waits behind them. Sending twice does no harm. Without this script every step is a page.
const here = location.pathname, kept = `tes-${here}`;
let queue = JSON.parse(localStorage.getItem(kept) || "[]"), screens = [], next = 0, busy = false, timer;
const part = () => document.querySelector("[data-tes]");
addEventListener("online", send);
addEventListener("popstate", () => show(Number(new URLSearchParams(location.search).get("soal"))));
start();

async function start() {
  if (!part()) return keep([]);
  const waiting = queue; // the pages may be older than these
  send();
  const answer = await fetch(`${here}?semua=1`).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = [...page.querySelectorAll("[data-nomor]")], shown = part()?.querySelector("[data-nomor]");
  if (!shown || !found.length) return;
  found.splice(shown.dataset.nomor - 1, 1, shown);
  waiting.forEach((entry) => found.forEach((one) => one.querySelectorAll(`[name=pilihan][value="${entry.pilihan}"]`).forEach((box) => { box.checked = true; })));
  screens = found;
  recount();
}

function keep(entries) {
  queue = entries;
  if (queue.length) localStorage.setItem(kept, JSON.stringify(queue));
  else localStorage.removeItem(kept);
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-nomor]")) return;
  event.preventDefault();
  if (queue.some((entry) => entry.kirim)) return;
  const told = Object.fromEntries(new FormData(event.target)), button = event.submitter ?? event.target.querySelector("button");
  delete told.csrfmiddlewaretoken;
  told[button.name] = button.value;
  if (told.pilihan) keep([...queue.filter((entry) => entry.butir !== told.butir), told]);
  else if (told.kirim) keep([...queue, told]);
  if (told.ke) go(Number(told.ke));
  send();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-nomor] a[href^='?soal=']");
  if (!link || !screens.length) return;
  event.preventDefault();
  go(Number(link.getAttribute("href").slice(6)));
});

function go(nomor) {
  next = screens.length ? 0 : nomor; // without the questions the next page is opened once everything is sent
  if (next) return;
  history.pushState(null, "", `?soal=${nomor}`);
  show(nomor);
}

function show(nomor) {
  const screen = screens[nomor - 1];
  if (!screen) return;
  part().replaceChildren(screen);
  recount();
  const title = screen.querySelector("legend, h2");
  title.tabIndex = -1;
  title.focus();
}

// What is still open on the list behind the questions.
function recount() {
  const list = screens.at(-1), marks = list.querySelectorAll(".lencana"), line = list.querySelector("[data-kurang]");
  marks.forEach((mark, place) => { mark.hidden = screens[place].querySelector("input:checked") !== null; });
  const open = [...marks].filter((mark) => !mark.hidden).length;
  line.textContent = open ? line.dataset.kurang.replace("#", open) : line.dataset.lengkap;
}

async function send() {
  if (busy || !part()) return;
  busy = true;
  clearTimeout(timer);
  let refused = "", handed = false, failed = false;
  try {
    while (queue.length) {
      const entry = queue[0], token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      const body = new URLSearchParams({ ke: 1, ...entry, csrfmiddlewaretoken: token });
      const answer = await fetch(here, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout?.(15000) });
      if (answer.status === 422) refused = await answer.text(); // closed, or handed in before: the server's word counts
      else if (answer.type !== "opaqueredirect") throw answer;
      else handed = Boolean(entry.kirim);
      keep(queue.filter((one) => one !== entry));
    }
  } catch {
    failed = true;
    timer = setTimeout(send, 10000);
  }
  busy = false;
  tell(failed);
  if (handed) location.assign(here);
  else if (refused) read(refused);
  else if (next && !failed) location.assign(`${here}?soal=${next}`);
}

function tell(failed) {
  const line = document.querySelector("[data-antre]"), n = queue.filter((entry) => entry.pilihan).length;
  line.hidden = !failed;
  line.textContent = (queue.some((entry) => entry.kirim) ? line.dataset.tunda : line.dataset.antre).replace("#", n);
}

function read(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  screens = [];
  next = 0;
  start();
}
