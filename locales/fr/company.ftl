# Mon entreprise : les personnes d’un client s’occupent elles-mêmes de leurs collègues.

company-title = Mon entreprise
company-users = Utilisateurs
company-groups = Groupes
company-activity = Activité
company-users-of = Utilisateurs de { $client }
company-groups-of = Groupes de { $client }
company-activity-of = Activité de { $client }
company-lede-admin = Les personnes de { $client } qui peuvent utiliser ce portail. Vous vous occupez de toutes.
company-lede-manager = Les personnes du groupe { $group } chez { $client }. Vous vous occupez d’elles.
company-everyone = Tout le monde
company-find = Rechercher par nom ou e-mail
company-find-button = Rechercher
company-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
company-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
company-name = Nom
company-group = Groupe
company-role = Rôle
company-status = Statut
company-last-sign-in = Dernière connexion
company-not-yet = Pas encore
company-you = (vous)
company-actions-for = Actions pour { $name }
company-active = Actif
company-password-due = Mot de passe à changer
company-disabled = Désactivé
company-invited = Invité
company-expired = Invitation expirée
company-taken-back = Invitation annulée
company-moved = Cette partie de la liste s’est déplacée
company-moved-text = Les personnes qui se trouvaient ici ont changé entre-temps.
company-first-page = Aller à la première page
company-nobody = Personne ne correspond
company-nobody-text = Personne dans votre entreprise ne correspond à votre saisie ou ne fait partie de ce groupe.
company-show-all = Afficher tout le monde
company-roles = Ce que permet chaque rôle
company-role-admin = S’occupe de toutes les personnes de { $client }, dans tous les groupes, et voit tout ce qui est partagé.
company-role-manager = Ajoute, modifie et retire des personnes dans son propre groupe uniquement.
company-role-member = Voit ce que le groupe peut voir et modifie son propre profil.
company-edit = Modifier
company-place = Changer de groupe ou de rôle
company-resend = Renvoyer l’invitation…
company-disable = Désactiver le compte…
company-enable = Réactiver le compte…
company-disabled-by = Par { $business }
company-remove = Retirer de { $client }…
company-withdraw = Annuler l’invitation…

## Ajouter et modifier
company-add = Ajouter un utilisateur
company-add-lede = Chez { $client }. La personne reçoit un e-mail avec un lien pour choisir son propre mot de passe. Personne d’autre ne le verra jamais.
company-who-legend = Coordonnées
company-place-legend = Informations sur l’utilisateur
company-email-hint = Son adresse professionnelle. Elle lui sert à se connecter.
company-field-title = Fonction
company-field-cell = Téléphone portable
company-field-office = Téléphone de bureau
company-field-extension = Poste
company-group-hint = Un groupe limite les documents que voient ses membres.
company-admin-hint = S’occupe de tous les utilisateurs de { $client }, vous compris. Uniquement dans le groupe « Default ».
company-manager-hint = S’occupe uniquement des personnes de ce groupe.
company-send = Enregistrer l’utilisateur
company-added = { $name } est invité(e)
company-added-text = L’invitation envoyée à { $email } est valable jusqu’au { $date }.
company-invited-already = { $name } a déjà reçu une invitation pour { $client }. Utilisez « Renvoyer l’invitation » dans la liste.
company-user-already = { $name } fait déjà partie des utilisateurs de { $client }.
company-cannot-add = Cette adresse e-mail ne peut pas être ajoutée ici. Demandez de l’aide à l’entreprise qui gère ce portail.
company-too-many = Vous avez envoyé { $count } invitations au cours des dernières 24 heures, le maximum autorisé. Reprenez demain.
company-edit-title = Modifier { $name }
company-edit-lede = Telles que { $business } les enregistre. Son propre compte reste tel que cette personne l’a réglé.
company-email-theirs = Cette adresse lui sert à se connecter ; elle seule peut la changer.
company-email-invited = L’invitation a été envoyée à cette adresse. Pour en utiliser une autre, annulez-la et ajoutez la personne à nouveau.
company-email-kept = L’adresse e-mail ne peut pas être modifiée ici.
company-save = Enregistrer
company-saved = { $name } : enregistré
company-same = Rien à enregistrer : tout est comme avant
company-rival = Quelqu’un d’autre a modifié ces informations entre-temps
company-rival-text = Rien n’a encore été enregistré de votre saisie. Enregistrez à nouveau pour remplacer ce qui s’y trouve maintenant :
company-rival-place = C’est maintenant { $role } dans { $group }. Enregistrez à nouveau pour le remplacer, ou annulez pour le garder.
company-rival-group = Rien n’a encore été enregistré de votre saisie. Enregistrez à nouveau pour remplacer ce qui s’y trouve maintenant, ou annulez pour le garder.
company-place-title = { $name } : groupe et rôle
company-place-lede = La modification prend effet immédiatement.
company-place-same = Le groupe et le rôle de { $name } sont les mêmes qu’avant. Rien n’a été modifié.
company-ended = { $name } n’y est plus rattaché(e). Rien n’a été modifié.
company-placed = { $name } a une nouvelle place
company-placed-text = Cela s’applique dès la prochaine action.
company-last = { $name } est le dernier Global Admin de { $client }
company-last-text = Nommez d’abord un autre Global Admin ; d’ici là, ce rôle ne peut pas être abandonné.
company-last-refused = { $name } est le dernier Global Admin de votre entreprise. Nommez d’abord un autre Global Admin.
company-own = Il s’agit de votre propre rôle
company-own-text = Si vous l’abandonnez, seul un autre Global Admin pourra vous le rendre.

## Renvoyer et retirer
company-resend-ask = Renvoyer l’invitation à { $name } ?
company-resend-reset = Un lien pour définir un nouveau mot de passe est envoyé à { $email }. Tant que { $name } ne l’utilise pas, son mot de passe reste le même.
company-resend-invitation = Une nouvelle invitation pour { $name } est envoyée à { $email }, et la précédente cesse de fonctionner.
company-resend-withdrawn = Une nouvelle invitation pour { $name } est envoyée à { $email }. La précédente a été annulée.
company-confirm = Confirmer
company-resent = L’e-mail à { $email } est en route
company-resent-reset = Il contient un lien pour définir un nouveau mot de passe. Personne d’autre ne le voit.
company-resent-invitation = Il contient une nouvelle invitation ; la précédente ne fonctionne plus.
company-remove-ask = Retirer { $name } de { $client } ?
company-remove-text = { $name } ne voit plus rien de { $client }, dès la prochaine action.
company-remove-stays = Son propre compte lui reste, et vous pouvez l’inviter à nouveau.
company-remove-verb = Oui, retirer { $name }
company-removed = { $name } ne fait plus partie de { $client }
company-removed-text = Vous pouvez inviter cette personne à nouveau.
company-withdraw-ask = Annuler l’invitation de { $name } ?
company-withdraw-text = Le lien envoyé à { $email } cesse immédiatement de fonctionner.
company-withdraw-verb = Oui, l’annuler
company-withdrawn = L’invitation de { $name } est annulée
company-letter = { $name }, de { $client }, vous invite sur le portail client de { $business }, où vous trouverez tout ce qui est partagé avec { $client }.
company-not-oneself = Vous ne pouvez pas vous retirer vous-même. Demandez à un autre Global Admin ou à l’entreprise qui gère ce portail.
company-not-invited = Aucune invitation n’est en cours pour { $name }. Rien n’a été modifié.

## Désactiver et réactiver
company-disable-ask = Désactiver { $name } chez { $business } ?
company-disable-text = { $name } n’a plus accès à rien chez { $business }, dès la prochaine action. Les invitations en cours et les liens pour définir un nouveau mot de passe cessent de fonctionner.
company-disable-stays = Rien n’est perdu : le groupe, le rôle et les pièces restent en place, et vous pouvez réactiver le compte.
company-disable-verb = Oui, désactiver { $name }
company-disable-done = Le compte de { $name } est désactivé
company-disable-done-text = Cette personne n’a plus accès au portail. Vous pouvez réactiver son compte.
company-disable-elsewhere-title = Le compte de { $name } ne peut pas être désactivé ici
company-disable-elsewhere = { $name } est aussi rattaché(e) à d’autres clients de l’entreprise qui gère ce portail ; elle seule peut donc désactiver ce compte. Retirez plutôt cette personne de votre entreprise : elle n’en verra plus rien.
company-disable-not-oneself = Vous ne pouvez pas vous désactiver vous-même. Demandez à un autre Global Admin ou à l’entreprise qui gère ce portail.
company-disable-already = Le compte de { $name } est déjà désactivé. Rien n’a été modifié.
company-enable-ask = Réactiver { $name } chez { $business } ?
company-enable-text = { $name } retrouve son accès, avec le même groupe et le même rôle qu’avant.
company-enable-verb = Réactiver le compte
company-enable-done = Le compte de { $name } est réactivé
company-enable-done-text = Cette personne retrouve son accès comme avant.
company-enable-not-disabled = Le compte de { $name } n’est pas désactivé. Rien n’a été modifié.
company-enable-not-ours = Le compte de { $name } a été désactivé par l’entreprise qui gère ce portail ; elle seule peut le réactiver. Adressez-vous à vos interlocuteurs habituels.

## Groupes
company-groups-lede = Chaque utilisateur appartient à un groupe, qui définit ce qu’il peut voir. Les Global Admins voient tout.
company-sees = Peut voir
company-sees-everything = Tout
company-sees-nothing = Rien
company-sees-hint = Parmi ce que { $business } partage avec votre entreprise.
company-bookings = Réservations
company-invoices = Factures
company-dockets = Bons de livraison
company-statements = Relevés
company-documents = Documents
company-group-new = Créer un groupe
company-group-edit = Groupe { $group }
company-group-name = Nom
company-group-default = Chaque entreprise garde son groupe « Default » ; son nom ne change pas.
company-group-made = Le groupe { $group } est créé
company-group-made-text = Personne n’en fait encore partie. Attribuez ce groupe à des personnes dans la liste des utilisateurs.
company-group-saved = Le groupe { $group } est enregistré
company-group-delete = Supprimer le groupe…
company-group-delete-ask = Supprimer le groupe { $group } ?
company-group-delete-text = { $count ->
    [0] Personne n’en fait partie.
    [one] La seule personne de ce groupe passe dans le groupe « Default », comme membre.
   *[other] Les { $count } personnes de ce groupe passent dans le groupe « Default », comme membres.
}
company-group-delete-verb = Oui, supprimer { $group }
company-group-deleted = Le groupe { $group } est supprimé
company-group-deleted-text = { $count ->
    [0] Personne n’en faisait partie.
    [one] Une personne est passée dans le groupe « Default ».
   *[other] { $count } personnes sont passées dans le groupe « Default ».
}
company-group-taken = Il existe déjà un groupe « { $group } ». Choisissez un autre nom.
company-group-most = Il y a déjà { $count } groupes. Supprimez-en un d’abord.
company-group-gone = Ce groupe n’existe plus. Choisissez-en un autre.
company-group-keep = Le groupe « Default » ne peut pas être supprimé. Rien n’a été modifié.

## Qui s’occupe de qui
company-beyond = Vous vous occupez uniquement des membres de votre propre groupe. Adressez-vous à un Global Admin de votre entreprise.
company-not-yours = Seul un Global Admin ou un Group Manager de votre entreprise s’occupe de ses utilisateurs.
company-not-delegated = Les utilisateurs de votre entreprise sont gérés par l’entreprise qui tient ce portail. Adressez-vous à vos interlocuteurs habituels.

## Activité
company-activity-lede = Ce que { $business } et vos collègues ont fait concernant les personnes de { $client }.
company-activity-none = Rien pour l’instant
company-activity-none-text = Ce qui concerne les utilisateurs de votre entreprise s’affiche ici.
company-newer = Plus récent
company-older = Plus ancien
activity-business = L’entreprise
activity-invited = a invité { $name }
activity-withdrew = a annulé l’invitation de { $name }
activity-accepted = a accepté l’invitation
activity-placed = a changé le groupe ou le rôle de { $name }
activity-removed = a retiré { $name }
activity-blocked = a bloqué l’accès de { $name } à l’espace de votre entreprise
activity-unblocked = a débloqué { $name }
activity-recorded = a enregistré { $name } comme contact
activity-changed = a modifié les informations de { $name }
activity-disabled = a désactivé { $name }
activity-enabled = a réactivé { $name }
activity-disabled-again = a désactivé à nouveau { $name }, comme auparavant
activity-deleted = a supprimé l’utilisateur du portail { $name }
activity-restored = a restauré l’utilisateur du portail { $name }
activity-reset = a envoyé à { $name } un lien pour définir un nouveau mot de passe
activity-required = demande à { $name } un nouveau mot de passe à la prochaine connexion
activity-sessions = a déconnecté { $name }
activity-group-made = a créé le groupe { $group }
activity-group-renamed = a renommé un groupe en { $group }
activity-group-sight = a changé ce que le groupe { $group } peut voir
activity-group-deleted = a supprimé le groupe { $group }
activity-delegation-on = laisse votre entreprise s’occuper de ses utilisateurs
activity-delegation-off = s’occupe à nouveau des utilisateurs de votre entreprise
