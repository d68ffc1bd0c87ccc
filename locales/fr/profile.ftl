# A person's own profile and security.

profile = Profil et sécurité
profile-lede = Ceci est votre propre compte. Il est le même pour tous les comptes clients auxquels vous êtes rattaché.
profile-details = Vos coordonnées
field-title = Fonction
field-cell-phone = Téléphone portable
field-office-phone = Téléphone du bureau
field-extension = Poste
profile-businesses-see = Les entreprises auxquelles vous êtes rattaché voient vos modifications et mettent à jour leurs données après vérification.
profile-save = Enregistrer les coordonnées
profile-saved = Vos coordonnées sont enregistrées
profile-as-before = Rien à enregistrer : tout est inchangé

profile-email = Adresse e-mail de connexion
profile-email-now-html = Vous vous connectez avec <b>{ $email }</b>.
profile-email-new = Nouvelle adresse e-mail
profile-email-hint = Nous y enverrons un lien et ne changerons rien avant que vous l’ayez suivi.
profile-email-password-hint = Pour que personne d’autre ne la modifie.
profile-email-change = Modifier l’adresse
profile-email-waiting-html = <b>{ $email }</b> reste à confirmer : suivez le lien reçu à cette adresse, jusqu’au { $until }.
profile-email-withdraw = Annuler la modification
profile-email-withdrawn = Modification annulée : vous continuez à vous connecter avec votre adresse actuelle
profile-email-asked = Encore une étape
profile-email-asked-text = Nous avons envoyé un lien à { $email }. Suivez-le pour terminer la modification.
profile-email-same = Vous vous connectez déjà avec cette adresse.
profile-email-over = Cette modification est déjà terminée. Rien n’a été modifié.
change-too-often = Une confirmation a déjà été demandée { $most } fois à { $email } au cours des dernières 24 heures. Réessayez demain.
change-enough = { $most } modifications ont déjà été demandées au cours des dernières 24 heures. Réessayez demain.

profile-password-since = Défini le { $date }.
profile-password-text = Si vous le changez, vous serez déconnecté partout ailleurs.

profile-language = Langue des pages et des e-mails
profile-language-hint = Elle est liée à votre compte, sur tous vos appareils.
profile-language-save = Enregistrer la langue

profile-sessions = Vos sessions ouvertes
profile-this-device = Cet appareil
profile-device = { $browser } sur { $system }
profile-device-unknown = Appareil inconnu
profile-session-html = { $address }, dernière utilisation le { $date }
profile-sign-out-elsewhere = Se déconnecter partout ailleurs
profile-signed-out-elsewhere = Vous êtes déconnecté partout ailleurs
profile-signed-out-there = Déconnecté sur cet appareil

profile-data = Vos données
profile-data-text = Votre compte, vos sessions, les conditions que vous avez acceptées et les comptes clients auxquels vous êtes ou étiez rattaché, dans un fichier (JSON).
profile-data-take = Télécharger
profile-data-enough = Vous avez déjà téléchargé vos données { $most } fois aujourd’hui, ce qui est le maximum. Réessayez demain.
