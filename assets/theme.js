// The choice is kept in a cookie, so that the server writes data-theme into the page and nothing flashes.
document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-theme-set]")?.dataset.themeSet;
  if (!choice) return;
  const root = document.documentElement;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (choice === "auto") { // back to what the system says
    delete root.dataset.theme;
    document.cookie = `theme=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
  } else {
    root.dataset.theme = choice;
    document.cookie = `theme=${choice}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }
  event.target.closest("[popover]")?.hidePopover();
});
