// The page of one camera's recordings: says when the picture that is shown arrived, and takes a press on the line of the day for a time.

const OFFSET_MS = 8 * 3_600_000; // The court's clock; it has kept one offset since 1991.
const DAY_MS = 86_400_000;

const iso = (ms) => new Date(ms + OFFSET_MS).toISOString();

const clip = document.getElementById("clip");
if (clip) {
  const clock = document.getElementById("clock");
  const start = Number(clip.dataset.start);
  const say = () => { clock.textContent = iso(start + clip.currentTime * 1_000).slice(0, 19).replace("T", " "); };
  for (const event of ["timeupdate", "seeking", "loadedmetadata"]) {
    clip.addEventListener(event, say);
  }

  clip.addEventListener("error", () => { document.getElementById("unplayable").hidden = false; });
  clip.play().catch(() => {}); // Whoever's browser lets nothing begin by itself presses the button.
}

for (const line of document.querySelectorAll(".timeline svg")) {
  line.addEventListener("click", (event) => {
    const box = line.getBoundingClientRect();
    const timeline = line.closest(".timeline");
    const at = Number(timeline.dataset.day) + ((event.clientX - box.left) / box.width) * DAY_MS;
    const url = new URL(timeline.dataset.url, location.href);
    url.searchParams.set("at", iso(at).slice(11, 19));
    url.searchParams.set("minutes", document.querySelector("select[name=minutes]").value);
    url.searchParams.set("stream", line.closest(".row").dataset.stream);
    location.assign(url);
  });
}
