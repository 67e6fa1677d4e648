// The printed sheet's QR code leads here with the code behind the #, which no browser sends: it is only put into the field.
const box = document.querySelector("[data-kode]");
function fill() {
  if (!location.hash) return;
  box.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  box.form.querySelector("button").focus();
}
addEventListener("hashchange", fill);
fill();
