// Progressive enhancement only: every page works without this file. Menus are native popovers, questions fall back to a
// page of their own, the bulk bar shows through :has(). Each part listens on the document, so what a part swaps in later works too.
import "./theme.js";
import "./times.js";
import "./fields.js";
import "./dialogs.js";
import "./submit.js";
import "./guard.js";
import "./bulk.js";
import "./live.js";
import "./events.js";
import "./find.js";
import "./keys.js";
