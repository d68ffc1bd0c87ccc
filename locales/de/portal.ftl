# The portal: its door, and its home.

portal-home-of = Kundenportal von { $business }, Startseite
portal-main = Hauptnavigation
portal-account = Kundenkonto:
portal-accounts-with = Ihre Konten bei { $business }
portal-your-account = Ihr Konto: { $name }
back-to-portal = Zurück zum Portal
to-the-portal = Zum Portal
# followed by an address or a number
questions-ask = Fragen? Wenden Sie sich an { $business }:

role-member = Mitglied
role-group-manager = Group Manager
role-global-admin = Global Admin

field-email = E-Mail-Adresse
field-password = Passwort
field-new-password = Neues Passwort
field-current-password = Derzeitiges Passwort
field-first-name = Vorname
field-last-name = Nachname

sign-in = Anmelden
sign-in-busy = Sie werden angemeldet …
sign-in-welcome = Das Kundenportal von { $business }.
sign-in-check = Prüfen Sie die E-Mail-Adresse und das Passwort.
sign-in-back = Zurück zur Anmeldung
sign-in-no-account-html = Noch kein Konto? <a href="{ $href }">Zugang anfragen</a>
signed-out = Sie sind abgemeldet

forgotten = Passwort vergessen?
forgotten-page = Passwort vergessen
forgotten-lede = Geben Sie die E-Mail-Adresse ein, mit der Sie sich anmelden. Wir senden Ihnen einen Link, über den Sie ein neues Passwort festlegen.
forgotten-mail = Link zusenden
forgotten-sent = Sehen Sie in Ihr Postfach
forgotten-sent-text = Falls es mit dieser E-Mail-Adresse hier ein Konto gibt, ist ein Link zum Festlegen eines neuen Passworts unterwegs. Er gilt einmal und eine Stunde lang.
forgotten-sent-junk = Nach ein paar Minuten noch nichts angekommen? Sehen Sie im Spam-Ordner nach, oder prüfen Sie die E-Mail-Adresse und versuchen Sie es erneut.
forgotten-again = Erneut anfordern

reset-for-html = Für <b>{ $email }</b>. Sie werden überall sonst abgemeldet.
reset-set = Neues Passwort festlegen
reset-again = Neuen Link anfordern
reset-done = Ihr neues Passwort ist festgelegt
reset-done-text = Melden Sie sich damit an. Sie wurden überall sonst abgemeldet.
link-used-title = Dieser Link wurde bereits verwendet
link-expired-title = Dieser Link ist abgelaufen
link-ended-title = Dieser Link ist nicht mehr gültig

ask-title = Zugang anfragen
ask-lede = Für alle, die mit uns zusammenarbeiten und noch keine Einladung haben. Verwenden Sie die E-Mail-Adresse, unter der wir Sie kennen.
ask-reference = Kundennummer
ask-reference-hint = Sie finden sie auf unseren Schreiben und Rechnungen.
ask-name = Ihr Name
ask-done = Ihre Anfrage ist eingegangen
ask-done-text = Stimmen E-Mail-Adresse und Kundennummer mit unseren Unterlagen überein, ist eine Einladung an diese Adresse unterwegs. Andernfalls sieht sich jemand Ihre Anfrage an.
ask-done-junk = Nach ein paar Minuten noch nichts angekommen? Sehen Sie im Spam-Ordner nach. Sie müssen nicht erneut anfragen.

password-hint = Mindestens 15 Zeichen. Vier Wörter ohne Zusammenhang eignen sich gut.
password-choose = Legen Sie Ihr Passwort fest
password-choose-text = Das vorläufige Passwort hat seinen Zweck erfüllt und gilt nicht mehr. Ab jetzt melden Sie sich mit einem Passwort an, das nur Sie kennen.
password-choose-new = Neues Passwort festlegen
password-due-html = { $business } bittet Sie, Ihr Passwort zu ändern, bevor Sie fortfahren. Die Änderung steht seit dem { $date } aus.
password-change-yours = Passwort ändern
password-change-text = Hier bleiben Sie angemeldet, überall sonst werden Sie abgemeldet.
password-change = Passwort ändern
password-set = Passwort festlegen
password-sign-out = Stattdessen abmelden
password-changed = Ihr Passwort ist geändert
password-changed-text = Sie sind überall sonst abgemeldet.

terms = Nutzungsbedingungen
terms-version = Nutzungsbedingungen, Fassung { $version }
terms-please-html = { $business } bittet Sie, diese Bedingungen zu lesen und ihnen zuzustimmen, bevor Sie fortfahren. Fassung { $version } vom <span class="nowrap">{ $date }</span>.
terms-updated = Unsere Bedingungen haben sich geändert
terms-updated-html = Fassung { $version } vom <span class="nowrap">{ $date }</span>. Der Fassung { $older } haben Sie am { $accepted } zugestimmt.
terms-accepted = Bedingungen, denen Sie zugestimmt haben
terms-accepted-html = Fassung { $version }. Zugestimmt am { $accepted }.
terms-agree = Ich habe die Bedingungen in der Fassung { $version } gelesen und stimme ihnen zu
terms-agree-hint = Wir speichern Ihren Namen, den Zeitpunkt und die Fassung, der Sie zugestimmt haben.
terms-accept = Zustimmen und fortfahren
terms-decline = Ablehnen und abmelden

invitation-title = Einladung annehmen
invitation-by = { $name } von { $business } hat Sie eingeladen
invitation-by-business = { $business } hat Sie eingeladen
invitation-join = Ihr Zugang zum Portal für { $client }
invitation-see = Sehen Sie, was { $business } für { $client } bereitstellt
invitation-own-sign-in = Ein eigener Zugang mit einem Passwort, das nur Sie kennen
invitation-email-hint = Hierhin ging die Einladung; mit dieser Adresse melden Sie sich an.
invitation-password = Passwort festlegen
invitation-create = Konto anlegen
invitation-create-busy = Ihr Konto wird angelegt …
invitation-next-terms = Als Nächstes: die Bedingungen lesen und ihnen zustimmen.
invitation-once-html = Dieser Link gilt einmal und läuft am { $date } ab.
invitation-known = Mit dieser E-Mail-Adresse haben Sie bereits ein Konto. Melden Sie sich an, um { $client } hinzuzufügen.
invitation-known-other = Melden Sie sich mit Ihrem bestehenden Konto an, um { $client } hinzuzufügen. Wir informieren die eingeladene Adresse.
invitation-sign-in = Anmelden und annehmen
invitation-signed-in-html = Sie sind angemeldet als <b>{ $name }</b>
invitation-accept = Einladung annehmen
invitation-accept-busy = Wird angenommen …
invitation-somebody-else = Sie sind mit einem anderen Konto angemeldet
invitation-invited-html = Eingeladen: <b>{ $email }</b>
invitation-signed-in-as-html = Angemeldet: { $name }, <b>{ $email }</b>
invitation-accept-as = Als { $name } annehmen
invitation-accept-as-text = Fügt { $client } dem Konto hinzu, mit dem Sie angemeldet sind. Wir informieren die eingeladene Adresse.
invitation-sign-out = Abmelden und die eingeladene Adresse verwenden
invitation-sign-out-text = Danach gelangen Sie wieder auf diese Seite.
invitation-was-for-html = Sie galt für das Portal von { $client } und war bis { $date } gültig.
invitation-new-to-html = Eine neue geht an <b>{ $email }</b>
invitation-ask-again = Neue Einladung anfordern
invitation-have-account-html = Sie haben bereits ein Konto? <a href="{ $href }">Anmelden und { $client } hinzufügen</a>
invitation-no-account-html = Noch kein Konto? <a href="{ $href }">Eines für { $email } anlegen</a>
invitation-not-now-title = Diese Einladung kann derzeit nicht angenommen werden
invitation-expired-title = Diese Einladung ist abgelaufen
invitation-expired-text = Der Link öffnet nichts mehr. Bitten Sie { $business } um eine neue Einladung oder fragen Sie unten einen Zugang an.
invitation-used-title = Diese Einladung wurde bereits verwendet
invitation-used-text = Der Link funktioniert nur einmal. Falls Sie es waren, melden Sie sich an; falls nicht, geben Sie { $business } Bescheid.
invitation-withdrawn-title = Diese Einladung wurde zurückgezogen
invitation-withdrawn-text = Der Link öffnet nichts mehr. Falls das ein Irrtum ist, wenden Sie sich an { $business } oder fragen Sie unten einen Zugang an.
invitation-replaced-title = Es gibt eine neuere Einladung
invitation-replaced-text = Nur der neueste Link funktioniert: Öffnen Sie den Link aus der neuesten E-Mail.
invitation-not-accepted = Die Einladung wurde nicht angenommen
invitation-on-its-way = Eine neue Einladung ist unterwegs
invitation-on-its-way-text = Öffnen Sie den Link in der neuesten E-Mail.

confirm-asks = { $name } von { $business } fragt an
confirm-now = Bisher
confirm-new = Neu
confirm-busy = Wird bestätigt …
confirm-yes = Ja, ändern
confirm-no = Nein, so lassen
confirm-name = Ihren Namen ändern?
confirm-name-then = Der Name ändert sich sofort überall, wo Sie dieses Konto verwenden.
confirm-email = Die E-Mail-Adresse für Ihre Anmeldung ändern?
confirm-email-then = Auch die neue Adresse muss die Änderung bestätigen. Bis dahin bleibt alles, wie es ist.
confirm-address = Neue E-Mail-Adresse bestätigen
confirm-address-then = Danach melden Sie sich überall, wo Sie dieses Konto verwenden, mit dieser Adresse an. Ihr Passwort bleibt, und Sie werden überall abgemeldet.
confirm-address-yes = Diese Adresse bestätigen
confirm-over = Es gibt nichts zu bestätigen
confirm-renamed = Ihr Name ist geändert
confirm-renamed-text = Es ist nichts weiter zu tun.
confirm-asked = Noch ein Schritt
confirm-asked-text = Ein Link ist an die neue Adresse unterwegs. Folgen Sie ihm dort, um die Änderung abzuschließen.
confirm-person = Noch ein Schritt
confirm-person-text = Die Person muss zuerst zustimmen: Ein Link ist an die Adresse unterwegs, mit der sie sich jetzt anmeldet. Danach kommt ein neuer an die neue Adresse.
confirm-moved = Ihre neue E-Mail-Adresse ist bestätigt
confirm-moved-text = Melden Sie sich ab jetzt damit an; Ihr Passwort ist dasselbe. Sie wurden überall abgemeldet.
confirm-declined = Alles bleibt, wie es ist
confirm-declined-text = Es wurde nichts geändert, und { $business } sieht, dass Sie abgelehnt haben.

home = Startseite
home-hello = Guten Tag, { $name }
home-closing = Dieses Kundenkonto wird geschlossen
home-closing-html = { $business } hat es geschlossen. Was freigegeben war, können Sie noch bis { $date } ansehen.
home-shared = Für Sie freigegeben
home-nothing = Noch nichts freigegeben
home-nothing-text = Sobald { $business } etwas für { $client } freigibt, erscheint es hier.
home-other-accounts = Ihre anderen Konten
home-turn-to = Ihr Ansprechpartner
home-turn-to-usual = Wenden Sie sich an Ihre gewohnten Ansprechpartner.
home-access = Ihr Zugang
home-role = Ihre Rolle
home-group = Ihre Gruppe
home-sign-in-as = Sie melden sich an als

unconnected = Sie sind angemeldet, aber mit keinem Kundenkonto verbunden
unconnected-next = Was Sie tun können
unconnected-html = Bitten Sie { $business }, <b>{ $email }</b> erneut einzuladen. Ihr Zugang bleibt bestehen: Sobald Sie verbunden sind, sehen Sie hier, was für Sie freigegeben ist.
unconnected-turn-to = Wenden Sie sich an Ihre gewohnten Ansprechpartner.

accounts = Ihre Kundenkonten
accounts-lede = Alles, was { $business } für Sie freigibt, nach Kundenkonto.
accounts-find = Kundenkonto suchen
accounts-all = Alle Ihre Kundenkonten
accounts-elsewhere = Ihre anderen Portale
accounts-none = Kein Kundenkonto heißt so
accounts-none-text = Versuchen Sie es mit einem anderen Teil des Namens.
accounts-more = Mehr anzeigen
