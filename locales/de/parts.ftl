# The parts that every page is made of.

ui-language = Sprache
ui-skip = Zum Hauptinhalt springen
ui-breadcrumb = Brotkrumennavigation
ui-dismiss = Meldung schließen
ui-problem = Bitte prüfen Sie Ihre Angaben
ui-optional = (optional)
ui-error = Fehler:
ui-show = Anzeigen
ui-hide = Verbergen
# $what is the label of a password field
ui-show-what = { $what } anzeigen
ui-cancel = Abbrechen
ui-affected = Betroffen
ui-apply = Anwenden
ui-filters = Aktive Filter:
ui-filter-remove = Filter entfernen: { $filter }
ui-filters-clear = Filter zurücksetzen
ui-actions = Aktionen
ui-per-page = Pro Seite
ui-pages = Seiten
ui-previous = Zurück
ui-next = Weiter
ui-range = { $first } bis { $last } von { $total }
ui-range-more = { $first } bis { $last } von über { $total }
ui-range-count = { $rows } von { $total }
ui-range-count-more = { $rows } von über { $total }
ui-theme-system = Wie das System
ui-theme-light = Hell
ui-theme-dark = Dunkel
ui-help = Hilfe und Kontakt
ui-sign-out = Abmelden
ui-signing-out = Sie werden abgemeldet …
ui-sending = Wird gesendet …
ui-saving = Wird gespeichert …
ui-try-again = Erneut versuchen
ui-to-start = Zur Startseite
