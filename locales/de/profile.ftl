# A person's own profile and security.

profile = Profil und Sicherheit
profile-lede = Dies ist Ihr eigenes Konto. Es ist für alle Kundenkonten dasselbe, mit denen Sie verbunden sind.
profile-details = Ihre Angaben
field-title = Position
field-cell-phone = Mobiltelefon
field-office-phone = Bürotelefon
field-extension = Durchwahl
profile-businesses-see = Die Unternehmen, mit denen Sie verbunden sind, sehen Ihre Änderungen und übernehmen sie nach Prüfung in ihre Unterlagen.
profile-save = Angaben speichern
profile-saved = Ihre Angaben sind gespeichert
profile-as-before = Nichts zu speichern: alles ist unverändert

profile-email = E-Mail-Adresse für die Anmeldung
profile-email-now-html = Sie melden sich mit <b>{ $email }</b> an.
profile-email-new = Neue E-Mail-Adresse
profile-email-hint = Wir senden einen Link dorthin und ändern nichts, bevor Sie ihm gefolgt sind.
profile-email-password-hint = Damit niemand sonst sie ändert.
profile-email-change = E-Mail-Adresse ändern
profile-email-waiting-html = <b>{ $email }</b> muss noch bestätigt werden: Folgen Sie dem Link in der dortigen E-Mail bis { $until }.
profile-email-withdraw = Zurücknehmen
profile-email-withdrawn = Zurückgenommen: Sie melden sich weiterhin mit Ihrer bisherigen Adresse an
profile-email-asked = Noch ein Schritt
profile-email-asked-text = Wir haben einen Link an { $email } gesendet. Folgen Sie ihm dort, um die Änderung abzuschließen.
profile-email-same = Mit dieser Adresse melden Sie sich bereits an.
profile-email-over = Diese Änderung ist bereits erledigt. Es wurde nichts geändert.
change-too-often = { $email } wurde in den letzten 24 Stunden bereits { $most }-mal um Bestätigung gebeten. Versuchen Sie es morgen erneut.
change-enough = In den letzten 24 Stunden wurden bereits { $most } Änderungen angefragt. Versuchen Sie es morgen erneut.

profile-password-since = Festgelegt am { $date }.
profile-password-text = Wenn Sie es ändern, werden Sie überall sonst abgemeldet.

profile-language = Sprache der Seiten und E-Mails
profile-language-hint = Sie gehört zu Ihrem Konto und gilt auf allen Geräten.
profile-language-save = Sprache speichern

profile-sessions = Wo Sie angemeldet sind
profile-this-device = Dieses Gerät
profile-device = { $browser } auf { $system }
profile-device-unknown = Unbekanntes Gerät
profile-session-html = { $address }, zuletzt verwendet am { $date }
profile-sign-out-elsewhere = Überall sonst abmelden
profile-signed-out-elsewhere = Sie sind überall sonst abgemeldet
profile-signed-out-there = Auf diesem Gerät abgemeldet

profile-data = Ihre Daten
profile-data-text = Ihr Konto, Ihre Anmeldungen, die Bedingungen, denen Sie zugestimmt haben, und die Kundenkonten, mit denen Sie verbunden sind oder waren, als Datei (JSON).
profile-data-take = Herunterladen
profile-data-enough = Sie haben Ihre Daten heute schon { $most }-mal heruntergeladen; öfter geht es an einem Tag nicht. Versuchen Sie es morgen wieder.
