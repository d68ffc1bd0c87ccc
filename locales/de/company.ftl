# Mein Unternehmen: Die Leute eines Kunden betreuen ihre Kolleginnen und Kollegen selbst.

company-title = Mein Unternehmen
company-users = Benutzer
company-groups = Gruppen
company-activity = Verlauf
company-users-of = Benutzer von { $client }
company-groups-of = Gruppen von { $client }
company-activity-of = Verlauf von { $client }
company-lede-admin = Personen bei { $client }, die dieses Portal nutzen können. Sie betreuen alle.
company-lede-manager = Personen der Gruppe { $group } bei { $client }. Sie betreuen diese Gruppe.
company-everyone = Alle
company-find = Nach Name oder E-Mail suchen
company-find-button = Suchen
company-count = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
company-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
company-name = Name
company-group = Gruppe
company-role = Rolle
company-status = Status
company-last-sign-in = Letzte Anmeldung
company-not-yet = Noch nie
company-you = (Sie)
company-actions-for = Aktionen für { $name }
company-active = Aktiv
company-password-due = Passwortänderung fällig
company-disabled = Deaktiviert
company-invited = Eingeladen
company-expired = Einladung abgelaufen
company-taken-back = Einladung zurückgezogen
company-moved = Dieser Teil der Liste hat sich verschoben
company-moved-text = Die Personen, die hier standen, haben sich inzwischen geändert.
company-first-page = Zur ersten Seite
company-nobody = Niemand gefunden
company-nobody-text = Auf Ihre Eingabe oder in dieser Gruppe passt niemand aus Ihrem Unternehmen.
company-show-all = Alle anzeigen
company-roles = Was jede Rolle kann
company-role-admin = Betreut alle bei { $client }, in jeder Gruppe, und sieht alles, was geteilt wird.
company-role-manager = Fügt Personen nur in der eigenen Gruppe hinzu, bearbeitet und entfernt sie.
company-role-member = Sieht, was die Gruppe sehen darf, und bearbeitet das eigene Profil.
company-edit = Bearbeiten
company-place = Gruppe oder Rolle ändern
company-resend = Einladung erneut senden …
company-disable = Konto deaktivieren …
company-enable = Konto aktivieren …
company-disabled-by = Durch { $business }
company-remove = Aus { $client } entfernen …
company-withdraw = Einladung zurückziehen …

## Hinzufügen und bearbeiten
company-add = Neuen Benutzer hinzufügen
company-add-lede = Bei { $client }. Die Person erhält eine E-Mail mit einem Link, um ein eigenes Passwort zu wählen. Niemand sonst bekommt es je zu sehen.
company-who-legend = Kontaktdaten
company-place-legend = Angaben zum Benutzer
company-email-hint = Die eigene geschäftliche Adresse. Mit ihr meldet sich die Person an.
company-field-title = Funktion
company-field-cell = Mobiltelefon
company-field-office = Telefon im Büro
company-field-extension = Durchwahl
company-group-hint = Eine Gruppe begrenzt, welche Unterlagen ihre Mitglieder sehen.
company-admin-hint = Betreut alle Benutzer von { $client }, auch Sie. Nur in der Gruppe „Default“.
company-manager-hint = Betreut nur die Personen dieser Gruppe.
company-send = Benutzer speichern
company-added = { $name } ist eingeladen
company-added-text = Die Einladung an { $email } gilt bis { $date }.
company-invited-already = { $name } ist bereits zu { $client } eingeladen. Nutzen Sie in der Liste „Einladung erneut senden“.
company-user-already = { $name } ist bereits Benutzer bei { $client }.
company-cannot-add = Diese E-Mail-Adresse lässt sich hier nicht hinzufügen. Bitten Sie Ihren Geschäftspartner um Hilfe.
company-too-many = Sie haben in den letzten 24 Stunden { $count } Einladungen verschickt; mehr sind nicht möglich. Machen Sie morgen weiter.
company-edit-title = { $name } bearbeiten
company-edit-lede = So, wie { $business } die Person führt. Ihr eigenes Konto bleibt, wie sie es eingestellt hat.
company-email-theirs = Damit meldet sich die Person an; nur sie selbst kann die Adresse ändern.
company-email-invited = Hierhin ging die Einladung. Für eine andere Adresse ziehen Sie sie zurück und fügen die Person neu hinzu.
company-email-kept = Die E-Mail-Adresse lässt sich hier nicht ändern.
company-save = Speichern
company-saved = { $name } gespeichert
company-same = Nichts zu speichern: alles ist wie zuvor
company-rival = Jemand anderes hat dies inzwischen geändert
company-rival-text = Von Ihren Angaben wurde noch nichts gespeichert. Speichern Sie erneut, um den jetzigen Stand zu ersetzen:
company-rival-place = Jetzt gilt { $role } in { $group }. Speichern Sie erneut, um das zu ersetzen, oder brechen Sie ab, um es zu behalten.
company-rival-group = Von Ihren Angaben wurde noch nichts gespeichert. Speichern Sie erneut, um den jetzigen Stand zu ersetzen, oder brechen Sie ab, um ihn zu behalten.
company-place-title = { $name }: Gruppe und Rolle
company-place-lede = Die Änderung gilt sofort.
company-place-same = Gruppe und Rolle von { $name } sind wie zuvor. Es wurde nichts geändert.
company-ended = { $name } ist dort nicht mehr verbunden. Es wurde nichts geändert.
company-placed = { $name } hat einen neuen Platz
company-placed-text = Das gilt ab dem nächsten Aufruf.
company-last = { $name } ist der letzte Global Admin von { $client }
company-last-text = Machen Sie zuerst jemand anderen zum Global Admin; bis dahin lässt sich diese Rolle nicht abgeben.
company-last-refused = { $name } ist der letzte Global Admin Ihres Unternehmens. Machen Sie zuerst jemand anderen zum Global Admin.
company-own = Das ist Ihre eigene Rolle
company-own-text = Wenn Sie sie abgeben, kann nur ein anderer Global Admin sie Ihnen zurückgeben.

## Erneut senden und entfernen
company-resend-ask = Einladung an { $name } erneut senden?
company-resend-reset = Ein Link zum Festlegen eines neuen Passworts geht an { $email }. Bis { $name } ihn verwendet, bleibt das Passwort unverändert.
company-resend-invitation = Eine neue Einladung für { $name } geht an { $email }; die frühere gilt dann nicht mehr.
company-resend-withdrawn = Eine neue Einladung für { $name } geht an { $email }. Die vorige wurde zurückgezogen.
company-confirm = Bestätigen
company-resent = Die E-Mail an { $email } ist unterwegs
company-resent-reset = Sie enthält einen Link zum Festlegen eines neuen Passworts. Niemand sonst sieht ihn.
company-resent-invitation = Sie enthält eine neue Einladung; die frühere gilt nicht mehr.
company-remove-ask = { $name } aus { $client } entfernen?
company-remove-text = { $name } sieht ab dem nächsten Aufruf nichts mehr von { $client }.
company-remove-stays = Das eigene Konto der Person bleibt bestehen, und Sie können sie wieder einladen.
company-remove-verb = Ja, { $name } entfernen
company-removed = { $name } ist aus { $client } entfernt
company-removed-text = Sie können die Person wieder einladen.
company-withdraw-ask = Einladung an { $name } zurückziehen?
company-withdraw-text = Der Link, der an { $email } ging, wird sofort ungültig.
company-withdraw-verb = Ja, zurückziehen
company-withdrawn = Die Einladung an { $name } ist zurückgezogen
company-letter = { $name } von { $client } lädt Sie in das Kundenportal von { $business } ein. Dort finden Sie alles, was für { $client } freigegeben ist.
company-not-oneself = Sie können sich nicht selbst entfernen. Bitten Sie einen anderen Global Admin oder Ihren Geschäftspartner.
company-not-invited = Für { $name } ist keine Einladung offen. Es wurde nichts geändert.

## Deaktivieren und aktivieren
company-disable-ask = { $name } bei { $business } deaktivieren?
company-disable-text = { $name } kommt ab dem nächsten Aufruf nirgends mehr in das Portal von { $business }. Offene Einladungen und Links zum Festlegen eines neuen Passworts werden ungültig.
company-disable-stays = Es geht nichts verloren: Gruppe, Rolle und Unterlagen bleiben unverändert, und Sie können das Konto wieder aktivieren.
company-disable-verb = Ja, { $name } deaktivieren
company-disable-done = { $name } ist deaktiviert
company-disable-done-text = Die Person hat keinen Zugang mehr. Sie können das Konto wieder aktivieren.
company-disable-elsewhere-title = Das Konto von { $name } lässt sich hier nicht deaktivieren
company-disable-elsewhere = { $name } gehört auch zu anderen Kunden Ihres Geschäftspartners; deshalb kann nur dieser das Konto deaktivieren. Entfernen Sie die Person stattdessen aus Ihrem Unternehmen: Dann sieht sie nichts mehr davon.
company-disable-not-oneself = Sie können sich nicht selbst deaktivieren. Bitten Sie einen anderen Global Admin oder Ihren Geschäftspartner.
company-disable-already = { $name } ist bereits deaktiviert. Es wurde nichts geändert.
company-enable-ask = { $name } bei { $business } wieder aktivieren?
company-enable-text = { $name } hat wieder Zugang, mit derselben Gruppe und Rolle wie zuvor.
company-enable-verb = Konto aktivieren
company-enable-done = { $name } ist wieder aktiviert
company-enable-done-text = Die Person hat wieder Zugang wie zuvor.
company-enable-not-disabled = { $name } ist nicht deaktiviert. Es wurde nichts geändert.
company-enable-not-ours = { $name } wurde von Ihrem Geschäftspartner deaktiviert; nur dieser kann das Konto wieder aktivieren. Wenden Sie sich an Ihre gewohnten Ansprechpersonen.

## Gruppen
company-groups-lede = Jeder Benutzer gehört zu einer Gruppe; sie bestimmt, was er sehen darf. Global Admins sehen alles.
company-sees = Darf sehen
company-sees-everything = Alles
company-sees-nothing = Nichts
company-sees-hint = Von dem, was { $business } mit Ihrem Unternehmen teilt.
company-bookings = Buchungen
company-invoices = Rechnungen
company-dockets = Lieferscheine
company-statements = Kontoauszüge
company-documents = Dokumente
company-group-new = Gruppe anlegen
company-group-edit = Gruppe { $group }
company-group-name = Name
company-group-default = Jedes Unternehmen behält seine Gruppe „Default“; ihr Name bleibt.
company-group-made = Die Gruppe { $group } ist angelegt
company-group-made-text = Noch gehört niemand dazu. Weisen Sie Personen in der Benutzerliste dieser Gruppe zu.
company-group-saved = Die Gruppe { $group } ist gespeichert
company-group-delete = Gruppe löschen …
company-group-delete-ask = Gruppe { $group } löschen?
company-group-delete-text = { $count ->
    [0] Niemand gehört dazu.
    [one] Die eine Person darin wechselt als Mitglied in die Gruppe „Default“.
   *[other] Die { $count } Personen darin wechseln als Mitglieder in die Gruppe „Default“.
}
company-group-delete-verb = Ja, { $group } löschen
company-group-deleted = Die Gruppe { $group } ist gelöscht
company-group-deleted-text = { $count ->
    [0] Niemand gehörte dazu.
    [one] Eine Person ist in die Gruppe „Default“ gewechselt.
   *[other] { $count } Personen sind in die Gruppe „Default“ gewechselt.
}
company-group-taken = Es gibt bereits eine Gruppe „{ $group }“. Wählen Sie einen anderen Namen.
company-group-most = Es gibt bereits { $count } Gruppen. Löschen Sie zuerst eine.
company-group-gone = Diese Gruppe gibt es nicht mehr. Wählen Sie eine andere.
company-group-keep = Die Gruppe „Default“ lässt sich nicht löschen. Es wurde nichts geändert.

## Wer wen betreut
company-beyond = Sie betreuen nur die Mitglieder Ihrer eigenen Gruppe. Wenden Sie sich an einen Global Admin Ihres Unternehmens.
company-not-yours = Nur ein Global Admin oder Group Manager Ihres Unternehmens betreut dessen Benutzer.
company-not-delegated = Die Benutzer Ihres Unternehmens betreut Ihr Geschäftspartner selbst. Wenden Sie sich an Ihre gewohnten Ansprechpersonen.

## Verlauf
company-activity-lede = Was { $business } und Ihre Kolleginnen und Kollegen an den Zugängen bei { $client } geändert haben.
company-activity-none = Noch nichts
company-activity-none-text = Was mit den Benutzern Ihres Unternehmens geschieht, steht hier.
company-newer = Neuer
company-older = Älter
activity-business = Ihr Geschäftspartner
activity-invited = hat { $name } eingeladen
activity-withdrew = hat die Einladung an { $name } zurückgezogen
activity-accepted = hat die Einladung angenommen
activity-placed = hat Gruppe oder Rolle von { $name } geändert
activity-removed = hat { $name } entfernt
activity-blocked = hat { $name } für den Bereich Ihres Unternehmens gesperrt
activity-unblocked = hat die Sperre von { $name } aufgehoben
activity-recorded = hat { $name } als Kontakt angelegt
activity-changed = hat die Angaben zu { $name } geändert
activity-disabled = hat { $name } deaktiviert
activity-enabled = hat { $name } wieder aktiviert
activity-disabled-again = hat { $name } wieder deaktiviert wie zuvor
activity-deleted = hat den Portalbenutzer { $name } gelöscht
activity-restored = hat den Portalbenutzer { $name } wiederhergestellt
activity-reset = hat { $name } einen Link für ein neues Passwort geschickt
activity-required = verlangt von { $name } bei der nächsten Anmeldung ein neues Passwort
activity-sessions = hat { $name } abgemeldet
activity-group-made = hat die Gruppe { $group } angelegt
activity-group-renamed = hat eine Gruppe in { $group } umbenannt
activity-group-sight = hat geändert, was die Gruppe { $group } sehen darf
activity-group-deleted = hat die Gruppe { $group } gelöscht
activity-delegation-on = lässt Ihr Unternehmen seine Benutzer selbst betreuen
activity-delegation-off = betreut die Benutzer Ihres Unternehmens wieder selbst
