// Where the browser reads codes: a photograph of a badge fills in its number. It stays on the telephone.
const part = document.querySelector("[data-kamera]");
if (part && "BarcodeDetector" in window) {
  part.hidden = false;
  part.querySelector("input").addEventListener("change", async (event) => {
    const picture = await createImageBitmap(event.target.files[0]).catch(() => null);
    const [found] = picture ? await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture).catch(() => []) : [];
    if (/^\d{6}$/.test(found?.rawValue)) {
      document.querySelector("[data-lencana]").value = found.rawValue;
      part.closest("form").requestSubmit();
    } else part.querySelector("span").textContent = part.dataset.gagal;
    event.target.value = "";
  });
}
