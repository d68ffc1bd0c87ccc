# Was ein Unternehmen mit einem Kunden teilt: Listen, ein Eintrag, seine Dateien.

bookings = Buchungen
invoices = Rechnungen
dockets = Lieferscheine
statements = Kontoauszüge
documents = Dokumente
booking-numbered = Buchung { $number }
invoice-numbered = Rechnung { $number }
docket-numbered = Lieferschein { $number }
statement-numbered = Kontoauszug { $number }
document-numbered = Dokument { $number }

stage-planned = Geplant
stage-confirmed = Bestätigt
stage-completed = Abgeschlossen
stage-open = Offen
stage-paid = Bezahlt
stage-signed = Unterschrieben
stage-issued = Ausgestellt
stage-cancelled = Storniert
stage-overdue = Überfällig

day-date = Datum
day-until = Bis
day-issued = Ausgestellt am
day-due = Fällig am
day-from = Von
day-to = Bis

records-number = Nummer
records-title = Beschreibung
records-state = Status
records-amount = Betrag
records-find = Nach Nummer oder Beschreibung suchen
records-count = { $count ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
records-count-more = Mehr als { $count } Einträge
records-moved = Dieser Teil der Liste ist nicht mehr hier
records-moved-text = Was hier stand, hat sich inzwischen geändert.
records-first-page = Zur ersten Seite
records-nothing-fits = Kein Treffer
records-nothing-fits-text = Zu Ihrer Eingabe und den gewählten Filtern gibt es nichts.
records-show-all = Alles anzeigen

record-files = Dateien
record-download = Herunterladen

home-needs = { $count ->
    [one] Eine Sache wartet auf Sie
   *[other] { $count } Sachen warten auf Sie
}
home-invoice-due = { $invoice } ist am { $day } fällig
home-invoice-overdue = { $invoice } war am { $day } fällig
home-coming-up = Demnächst
home-recent-invoices = Letzte Rechnungen
home-latest-dockets = Letzte Lieferscheine
home-latest-statements = Letzte Kontoauszüge
home-latest-documents = Letzte Dokumente
home-all-bookings = Alle Buchungen
home-all-invoices = Alle Rechnungen
home-all-dockets = Alle Lieferscheine
home-all-statements = Alle Kontoauszüge
home-all-documents = Alle Dokumente

mails-title = E-Mails, die Sie erhalten
mails-lede = { $business } schreibt Ihnen, wenn etwas davon mit Ihnen geteilt wird.
mails-lede-client-html = { $business } schreibt an <b>{ $email }</b>, wenn etwas davon mit { $client } geteilt wird.
mails-not-yours = Was Sie hier wählen, betrifft nur die E-Mails an { $email }.
mails-about = E-Mails zu
mails-access-stays = Was immer Sie hier wählen: An Ihrem Zugang zum Portal ändert sich nichts.
mails-save = Auswahl speichern
mails-saved = Ihre Auswahl ist gespeichert
