# Mail. Each is plain text; the names are of people, clients and businesses.

letter-hello = Guten Tag { $name },
letter-hello-nobody = Guten Tag,
letter-copy-link = Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
letter-questions = Fragen?
letter-why-contact = Sie erhalten diese E-Mail, weil { $email } bei { $business } als Kontakt von { $client } hinterlegt ist.
letter-why-sign-in = Sie erhalten diese E-Mail, weil Sie sich mit { $email } anmelden.
letter-link-until = Der Link gilt einmal und bis { $until }.

letter-invitation = { $business } lädt Sie in das Kundenportal ein
letter-invitation-by = { $name } von { $business } lädt Sie in das Kundenportal ein. Dort finden Sie alles, was für { $client } freigegeben ist.
letter-invitation-by-business = { $business } lädt Sie in das Kundenportal ein. Dort finden Sie alles, was für { $client } freigegeben ist.
letter-invitation-follow = Folgen Sie dem Link. Sie legen ein eigenes Passwort fest oder melden sich an, falls Sie bereits eines haben.
letter-invitation-accept = Einladung annehmen
letter-invitation-until = Die Einladung gilt nur für Sie, einmal und bis { $until }. Danach bitten Sie { $business } um eine neue.
letter-invitation-leave = Falls Sie nicht damit gerechnet haben, müssen Sie nichts tun: Ohne Ihre Annahme passiert nichts.
letter-temporary-sign-in = Melden Sie sich mit { $email } und diesem vorläufigen Passwort an:
letter-temporary-then = Danach legen Sie ein eigenes Passwort fest.
letter-temporary-button = Anmelden
letter-temporary-until = Das vorläufige Passwort gilt einmal und { $hours } Stunden lang. Danach bitten Sie { $business } um eine neue Einladung.
letter-temporary-leave = Falls Sie nicht damit gerechnet haben, müssen Sie nichts tun: Ohne Ihre Anmeldung passiert nichts.

letter-other = Ihre Einladung von { $business } wurde mit einer anderen Adresse angenommen
letter-other-text = Die Einladung an { $email } wurde am { $when } von einer Person angenommen, die sich als { $other } angemeldet hat.
letter-other-you = Falls Sie das waren, ist alles in Ordnung. Falls Sie diese Adresse nicht kennen, informieren Sie { $business } bitte umgehend, damit der Zugang geschlossen werden kann.
letter-other-why = Sie erhalten diese E-Mail, weil die Einladung an { $email } gerichtet war.

letter-reset = Neues Passwort festlegen
letter-reset-portal = Für das Kundenportal von { $business } wurde ein Link zum Festlegen eines neuen Passworts angefordert. Falls Sie das waren, legen Sie jetzt eines fest.
letter-reset-console = Für die Konsole von { $business } wurde ein Link zum Festlegen eines neuen Passworts angefordert. Falls Sie das waren, legen Sie jetzt eines fest.
letter-reset-once = Der Link gilt einmal und eine Stunde lang. Ist er abgelaufen, fordern Sie bei der Anmeldung einen neuen an.
letter-reset-leave = Falls Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.
letter-reset-why = Sie erhalten diese E-Mail, weil mit { $email } ein neues Passwort angefordert wurde.

letter-refused = Ihre Anfrage für das Kundenportal von { $business }
letter-refused-text = Am { $when } haben Sie Zugang zum Kundenportal von { $business } angefragt. Ihre Anfrage konnte dort niemandem zugeordnet werden; es wurde daher kein Zugang eingerichtet.
letter-refused-next = Sollten Sie Zugang haben, fragen Sie mit der E-Mail-Adresse und der Kundennummer an, unter denen man Sie dort kennt, oder bitten Sie die Person, die das Portal in Ihrem Unternehmen betreut, Sie hinzuzufügen.
letter-refused-leave = Falls die Anfrage nicht von Ihnen stammt, müssen Sie nichts tun: Es ist nichts passiert.
letter-refused-why = Sie erhalten diese E-Mail, weil mit { $email } Zugang angefragt wurde.

letter-password = Ihr Passwort wurde geändert
letter-password-portal = Das Passwort, mit dem Sie sich am Kundenportal von { $business } anmelden, wurde am { $when } geändert.
letter-password-console = Das Passwort, mit dem Sie sich an der Konsole von { $business } anmelden, wurde am { $when } geändert.
letter-password-wrong-portal = Falls Sie das waren, ist alles in Ordnung. Andernfalls legen Sie sofort ein neues fest und informieren Sie { $business }.
letter-password-wrong-console = Falls Sie das waren, ist alles in Ordnung. Andernfalls legen Sie sofort ein neues fest und informieren Sie die Person, die das Personal verwaltet.
letter-password-button = Neues Passwort festlegen

letter-renamed = Ihr Name wurde geändert
letter-renamed-text = Der Name Ihres Kontos lautet seit { $when } { $name }, wie { $business } es gewünscht hat.
letter-renamed-wrong = Falls das nicht stimmt, geben Sie dort bitte Bescheid.

letter-change = { $business } bittet Sie, eine Änderung zu bestätigen
letter-change-name = { $name } von { $business } möchte den Namen Ihres Kontos in { $to } ändern.
letter-change-name-then = Ohne Ihre Bestätigung ändert sich nichts.
letter-change-email = { $name } von { $business } möchte die E-Mail-Adresse, mit der Sie sich anmelden, in { $to } ändern.
letter-change-email-then = Ohne Ihre Bestätigung ändert sich nichts. Auch die neue Adresse wird gefragt; danach melden Sie sich mit ihr an.
letter-change-button = Änderung ansehen
letter-change-leave = Falls Sie das nicht möchten, lehnen Sie auf der Seite ab, oder tun Sie nichts.

letter-address = Bestätigen Sie Ihre neue E-Mail-Adresse
letter-address-text = { $name } von { $business } hat darum gebeten, dass Sie sich künftig mit { $to } statt mit { $from } anmelden.
letter-address-then = Sobald Sie bestätigen, gilt die neue Adresse. Sie werden überall abgemeldet; Ihr Passwort bleibt dasselbe.
letter-address-button = Diese Adresse bestätigen
letter-address-leave = Falls Sie davon nichts wissen, müssen Sie nichts tun: Ohne Ihre Bestätigung passiert nichts.
letter-address-why = Sie erhalten diese E-Mail, weil { $email } bei { $business } als neue Adresse von { $name } angegeben wurde.
letter-taken = Mit dieser Adresse gibt es bereits ein Konto
letter-taken-text = { $by } von { $business } hat darum gebeten, dass { $name } sich künftig mit { $email } anmeldet. Mit dieser Adresse gibt es bereits ein Konto; es wurde daher nichts geändert.
letter-taken-both = Falls beide Konten Ihnen gehören, melden Sie sich mit dem Konto an, das diese Adresse hat, und lassen Sie es einladen.

letter-changing = Eine neue E-Mail-Adresse wurde angefragt
letter-changing-text = { $name } von { $business } hat darum gebeten, dass Sie sich künftig mit { $to } anmelden. Das gilt, sobald es von dort bestätigt wird; bis dahin bleibt es bei { $from }.
letter-changing-wrong = Falls das nicht stimmt, informieren Sie { $business } bitte umgehend.

letter-changed = Ihre Anmeldeadresse wurde geändert
letter-changed-text = Seit { $when } melden Sie sich am Kundenportal von { $business } mit { $to } an und nicht mehr mit { $from }. Sie wurden überall abgemeldet.
letter-changed-wrong = Falls Sie das nicht waren, informieren Sie { $business } bitte umgehend.
letter-changed-why = Sie erhalten diese E-Mail, weil Sie sich bisher mit { $email } angemeldet haben.
letter-address-own = Sie haben darum gebeten, sich bei { $business } künftig mit { $to } statt mit { $from } anzumelden.
letter-taken-own = { $name } möchte sich am Kundenportal von { $business } mit { $email } anmelden. Mit dieser Adresse gibt es bereits ein Konto; es wurde daher nichts geändert.
letter-changing-own = Eine Person, die mit Ihrem Konto angemeldet ist und dessen Passwort kennt, hat darum gebeten, dass Sie sich künftig mit { $to } anmelden. Das gilt, sobald es von dort bestätigt wird; bis dahin bleibt es bei { $from }.
letter-changing-wrong-own = Falls Sie das nicht waren, legen Sie sofort ein neues Passwort fest: Damit werden alle abgemeldet, und es ändert sich nichts.

# Was geteilt wurde, und welche Post jemand möchte.
letter-shared-one = { $business } hat etwas mit Ihnen geteilt: { $record }
letter-shared-several = { $business } hat { $count ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
} mit Ihnen geteilt
letter-shared-text = { $count ->
    [one] { $business } hat Folgendes mit { $client } geteilt:
   *[other] { $business } hat Folgendes mit { $client } geteilt:
}
letter-shared-more = { $count ->
    [one] Und { $count } weiterer Eintrag.
   *[other] Und { $count } weitere Einträge.
}
letter-shared-open = { $record } öffnen
letter-shared-open-all = Kundenportal öffnen
letter-shared-why = Sie erhalten diese E-Mail, weil { $business } die Adresse { $email } als Kontakt von { $client } führt.
letter-choice = Auswählen, welche E-Mails Sie erhalten
