// The server writes times in UTC (readable without script). Here they move to the viewer's own zone, in the words of the page's language:
// <time datetime="2026-11-22T09:31:00Z" data-as="day|date|stamp|clock|full">.
const lang = document.documentElement.lang || undefined;
const parts = new Intl.DateTimeFormat(lang, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", hour12: true });
const long = new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "long" });

// English has words of its own here (22 Nov 2026, 9:41 am); every other language the browser knows best.
const english = !lang || lang === "en";
const shapes = {
  day: { day: "numeric", month: "short" },
  date: { dateStyle: "medium" },
  clock: { timeStyle: "short" },
  full: { dateStyle: "full", timeStyle: "short" },
  stamp: { dateStyle: "medium", timeStyle: "short" },
};

function words(moment, as) {
  if (!english) return new Intl.DateTimeFormat(lang, shapes[as] ?? shapes.stamp).format(moment);
  const p = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  const clock = `${p.hour}:${p.minute} ${p.dayPeriod?.toLowerCase() ?? ""}`.trim();
  switch (as) {
    case "day": return `${p.day} ${p.month}`;                             // 22 Nov
    case "date": return `${p.day} ${p.month} ${p.year}`;                  // 22 Nov 2026
    case "clock": return clock;                                           // 9:41 am
    case "full": { // Sunday 22 November 2026, 9:41 am
      const { weekday, day, month, year } = Object.fromEntries(long.formatToParts(moment).map(({ type, value }) => [type, value]));
      return `${weekday} ${day} ${month} ${year}, ${clock}`;
    }
    default: return `${p.day} ${p.month} ${p.year}, ${clock}`;            // 22 Nov 2026, 9:41 am
  }
}

function localise() {
  for (const time of document.querySelectorAll("time[datetime][data-as]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.textContent = words(moment, time.dataset.as);
    time.title = whole.format(moment);
    delete time.dataset.as; // once is enough
  }
}

localise();
document.addEventListener("vestibule:swapped", localise);
