// The form of a report: works for its proof, keeps the draft, shrinks photographs, and waits for a network.
// Without this script the form is sent as it is; an officer then looks at the report first. A survey keeps no draft.
const form = document.querySelector("form[data-lapor]");
if (document.querySelector("[data-terkirim]")) forget();
if (form) begin(form);

function forget() {
  Object.keys(localStorage).filter((key) => key.startsWith("lapor-")).forEach((key) => localStorage.removeItem(key));
}

function begin(form) {
  if (form.dataset.simpan) keep(form);
  const proof = solve(JSON.parse(form.dataset.tantangan));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    form.elements.bukti.value = await proof;
    await send(form);
    button.disabled = false;
  });
}

function keep(form) {
  const kept = JSON.parse(localStorage.getItem(form.dataset.simpan) || "{}");
  const boxes = [...form.elements].filter((box) => box.name && !["hidden", "file", "submit"].includes(box.type));
  boxes.forEach((box) => {
    if (!(box.name in kept) || form.querySelector("[role=alert]")) return;
    if (box.type === "checkbox") box.checked = kept[box.name];
    else box.value = kept[box.name];
  });
  form.addEventListener("input", () => {
    const now = Object.fromEntries(boxes.map((box) => [box.name, box.type === "checkbox" ? box.checked : box.value]));
    localStorage.setItem(form.dataset.simpan, JSON.stringify(now));
  });
  const subject = form.elements.kategori, offered = form.querySelector("[data-serupa]");
  subject.addEventListener("change", async () => {
    const answer = await fetch(`${offered.dataset.serupa}?kategori=${subject.value}`).catch(() => null);
    if (answer?.ok) offered.innerHTML = await answer.text();
  });
  offerPlace(form);
}

// A button that writes where the telephone is, only when it is pressed.
function offerPlace(form) {
  if (!navigator.geolocation) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-primary mt-2", textContent: form.dataset.titik });
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    form.elements.titik.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
    form.dispatchEvent(new Event("input"));
  }));
  form.elements.titik.after(button);
}

// Tries one number after another until its hash is the one that was asked for.
async function solve(task) {
  if (!globalThis.crypto?.subtle) return "";
  const words = new TextEncoder();
  for (let number = 0; number <= task.maxNumber; number++) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", words.encode(task.salt + number)));
    if ([...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("") === task.challenge)
      return btoa(JSON.stringify({ algorithm: task.algorithm, challenge: task.challenge, number, salt: task.salt, signature: task.signature }));
  }
  return "";
}

async function send(form) {
  if (!navigator.onLine) {
    tell(form, form.dataset.luring);
    await new Promise((online) => addEventListener("online", online, { once: true }));
  }
  tell(form, form.dataset.kirim);
  const body = new FormData(form);
  body.delete("lampiran");
  for (const file of form.elements.lampiran?.files ?? []) body.append("lampiran", await shrink(file), file.name);
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body });
    if (answer.status >= 500) throw answer;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    scrollTo(0, 0);
    if (document.querySelector("[data-terkirim]")) forget();
    else if (document.querySelector("form[data-lapor]")) begin(document.querySelector("form[data-lapor]"));
  } catch {
    tell(form, form.dataset.gagal);
  }
}

function tell(form, words) {
  const line = form.querySelector("[data-keadaan]");
  line.hidden = false;
  line.textContent = words;
}

// A photograph at most 1280 dots long; what is no picture that the browser reads is sent as it is.
async function shrink(file) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const part = Math.min(1, 1280 / Math.max(picture.width, picture.height));
    const sheet = Object.assign(document.createElement("canvas"), { width: picture.width * part, height: picture.height * part });
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    return await new Promise((done) => sheet.toBlob((blob) => done(blob || file), "image/jpeg", 0.7));
  } catch {
    return file;
  }
}
