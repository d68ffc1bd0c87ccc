# What a person is told when something did not happen, and what to do next.

error-not-found = { $kind ->
    [invitation] Die Einladung
    [link] Der Link
    [portal] Das Portal
    [account] Das Kundenkonto
    [page] Diese Seite
   *[other] Das Gesuchte
} wurde nicht gefunden. Möglicherweise ist der Inhalt nicht mehr vorhanden, oder die Adresse enthält einen Tippfehler.
error-sign-in-needed = Melden Sie sich an, um fortzufahren.
error-forbidden = Dazu fehlt Ihnen die Berechtigung.
error-conflict = Während Sie daran gearbeitet haben, hat jemand anderes dies geändert. Sehen Sie sich den aktuellen Stand an und nehmen Sie Ihre Änderung dann erneut vor.
error-crossed = Jemand anderes hat im selben Moment dasselbe geändert. Es wurde nichts gespeichert; versuchen Sie es bitte erneut.
error-too-many-seconds = Zu viele Versuche. Versuchen Sie es in { $count ->
    [one] einer Sekunde
   *[other] { $count } Sekunden
} erneut.
error-too-many-minutes = Zu viele Versuche. Versuchen Sie es in { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
} erneut.
error-busy-seconds = Der Server ist ausgelastet. Versuchen Sie es in { $count ->
    [one] einer Sekunde
   *[other] { $count } Sekunden
} erneut.
error-busy-minutes = Der Server ist ausgelastet. Versuchen Sie es in { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
} erneut.
error-away = Die Datenbank ist nicht erreichbar. Es ging nichts verloren; versuchen Sie es gleich noch einmal.
error-full = Zum Speichern ist kein Platz mehr frei. Es wurde nichts geändert; versuchen Sie es bitte später erneut.
error-bad-request = Diese Anfrage kann nicht verarbeitet werden. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es erneut.
error-too-large = Das ist zu groß. Senden Sie weniger auf einmal.
error-internal = Bei uns ist ein Fehler aufgetreten. Es wurde nichts geändert; versuchen Sie es erneut und geben Sie dem Betreiber Bescheid, falls es wieder passiert.

heading-not-found = Das können wir nicht finden
heading-sign-in = Bitte melden Sie sich an
heading-forbidden = Dazu fehlt Ihnen die Berechtigung
heading-shut = Sie haben im Moment keinen Zugang
heading-unusable = So können wir das nicht verarbeiten
heading-refused = Das ist im Moment nicht möglich
heading-conflict = Jemand anderes war schneller
heading-too-many = Zu viele Versuche
heading-busy = Der Server ist ausgelastet
heading-away = Wir sind gleich wieder für Sie da
heading-full = Kein Speicherplatz mehr frei
heading-too-large = Das ist zu groß
heading-internal = Bei uns ist ein Fehler aufgetreten

# A closed gate
shut-stranger = Sie sind angemeldet, aber mit keinem Kundenkonto von { $business } verbunden. Bitten Sie { $business } um eine Einladung.
shut-portal-off = Das Kundenportal von { $business } ist derzeit abgeschaltet. Versuchen Sie es später erneut oder fragen Sie dort nach.
shut-disabled = Ihr Zugang zum Portal von { $business } ist gesperrt. Bitten Sie dort um Freischaltung.
shut-disabled-by-client = Bei { $client } hat jemand, der dort die Benutzer verwaltet, Ihren Zugang zum Portal von { $business } gesperrt. Bitten Sie einen Global Admin von { $client } um Freischaltung.
shut-unlinked = Sie sind mit diesem Kundenkonto nicht mehr verbunden. Fragen Sie bei { $business } nach, falls das ein Irrtum ist.
shut-closed = Dieses Kundenkonto wurde geschlossen. Wenden Sie sich an { $business }, falls Sie noch etwas daraus benötigen.
shut-sign-in-again = Melden Sie sich erneut am Portal von { $business } an.
portal-off-now = Das Kundenportal ist derzeit abgeschaltet. Versuchen Sie es später erneut.

# What was typed; $what is a kind of field
text-missing = { $what ->
    [description] Die Bezeichnung
    [group] Der Name der Gruppe
    [reference] Die Kundennummer
    [title] Die Position
    [extension] Die Durchwahl
    [reason] Die Begründung
    [email] Die E-Mail-Adresse
    [phone] Die Telefonnummer
   *[name] Der Name
} fehlt. Bitte ergänzen Sie die Angabe.
text-too-long = { $what ->
    [description] Die Bezeichnung
    [group] Der Name der Gruppe
    [reference] Die Kundennummer
    [title] Die Position
    [extension] Die Durchwahl
    [reason] Die Begründung
    [email] Die E-Mail-Adresse
    [phone] Die Telefonnummer
   *[name] Der Name
} ist länger als { $most } Zeichen. Bitte kürzen Sie die Angabe.
text-unreadable = { $what ->
    [description] Die Bezeichnung
    [group] Der Name der Gruppe
    [reference] Die Kundennummer
    [title] Die Position
    [extension] Die Durchwahl
    [reason] Die Begründung
    [email] Die E-Mail-Adresse
    [phone] Die Telefonnummer
   *[name] Der Name
} enthält ein Zeichen, das nicht dargestellt werden kann. Bitte tippen Sie die Angabe ein, statt sie einzufügen.
text-not-an-email = Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.
text-not-a-phone = Geben Sie eine Telefonnummer nur mit Ziffern, Leerzeichen und + - ( ) ein.
text-no-address-in-name = Lassen Sie Internetadressen aus dem Namen weg: nichts wie „beispiel.de“, kein „://“ und kein Wort, das mit „www.“ beginnt. Setzen Sie nach einem Punkt im Namen ein Leerzeichen.

password-too-short = Verwenden Sie mindestens { $least } Zeichen. Vier oder fünf Wörter ohne Zusammenhang lassen sich gut merken und schwer erraten.
password-too-long = Verwenden Sie höchstens { $most } Zeichen.
password-own-words = Verzichten Sie auf Namen, Ihre E-Mail-Adresse und den Firmennamen: Das wird zuerst ausprobiert. Verwenden Sie mehrere Wörter ohne Zusammenhang.
password-easy = Dieses Passwort ist leicht zu erraten. Verwenden Sie mehrere Wörter ohne Zusammenhang, keine bekannten Redewendungen, Daten oder Wiederholungen.
password-same = Das neue Passwort ist dasselbe wie das bisherige. Wählen Sie ein anderes.
password-not-current = Das ist nicht Ihr derzeitiges Passwort. Geben Sie es bitte erneut ein.
session-gone = Diese Sitzung gibt es nicht mehr. Es wurde nichts geändert.

sign-in-refused = Zu dieser E-Mail-Adresse und diesem Passwort gibt es kein Konto, oder es kann sich hier nicht anmelden. Prüfen Sie beide Angaben und versuchen Sie es erneut, oder legen Sie über „Passwort vergessen?“ ein neues Passwort fest.
link-used = Dieser Link wurde bereits verwendet. Melden Sie sich mit dem festgelegten Passwort an, oder fordern Sie einen neuen Link an.
link-expired = Dieser Link ist abgelaufen. Fordern Sie einen neuen an.
link-ended = Dieser Link ist nicht mehr gültig: Inzwischen wurde ein neuerer verschickt oder das Passwort geändert. Fordern Sie einen neuen an.

invitation-expired = Diese Einladung ist abgelaufen. Fordern Sie eine neue an.
invitation-used = Diese Einladung wurde bereits verwendet. Falls Sie das waren, melden Sie sich an.
invitation-withdrawn = Diese Einladung wurde zurückgezogen. Fragen Sie beim Unternehmen nach, falls das ein Irrtum ist.
invitation-replaced = Inzwischen wurde eine neuere Einladung verschickt. Verwenden Sie den Link aus der neuesten E-Mail.
invitation-not-good = Diese Einladung ist nicht mehr gültig. Bitten Sie das Unternehmen um eine neue.
invitation-portal-off = Das Kundenportal von { $business } ist derzeit abgeschaltet. Ihre Einladung bleibt gültig; versuchen Sie es später erneut.
invitation-has-account = Mit dieser Adresse gibt es bereits ein Konto. Melden Sie sich an, um die Einladung anzunehmen.
invitation-already-connected = Dieses Konto ist bereits mit { $client } verbunden. Melden Sie sich an, um es zu sehen.
invitation-removed-since = Ihr Zugang zum Portal von { $business } wurde nach dem Versand dieser Einladung entfernt. Bitten Sie dort um eine neue.
invitation-ask-business = Von hier aus kann keine neue Einladung verschickt werden. Bitten Sie das Unternehmen darum.

terms-newer = Soeben wurde eine neue Fassung der Bedingungen veröffentlicht. Lesen Sie diese und stimmen Sie dann zu.
terms-already = Sie haben diesen Bedingungen bereits zugestimmt.
terms-tick = Setzen Sie das Häkchen, um den Bedingungen zuzustimmen, oder lehnen Sie ab und melden Sie sich ab.

change-expired = Diese Änderung wurde nicht rechtzeitig bestätigt; es wurde daher nichts geändert.
change-done = Diese Änderung wurde bereits bestätigt und durchgeführt. Es ist nichts weiter zu tun.
change-declined = Diese Änderung wurde abgelehnt; es wurde daher nichts geändert.
change-withdrawn = Diese Änderung wurde zurückgenommen; es gibt nichts zu bestätigen.
change-replaced = Inzwischen wurde eine neuere Änderung angefragt. Verwenden Sie den Link aus der neuesten E-Mail.
change-overtaken = Die E-Mail-Adresse des Kontos wurde inzwischen geändert; dieser Link gilt daher nicht mehr.
change-agreed = Sie haben dies bereits bestätigt. Folgen Sie zum Abschluss dem Link in der E-Mail an die neue Adresse.
change-not-agreed = Die Person muss zuerst von ihrer bisherigen Adresse aus zustimmen. Danach erhalten Sie einen neuen Link.
change-taken = Inzwischen gibt es ein anderes Konto mit dieser Adresse; es wurde daher nichts geändert. Melden Sie sich stattdessen mit jenem an.
