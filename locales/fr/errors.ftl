# What a person is told when something did not happen, and what to do next.

error-not-found = { $kind ->
    [invitation] L’invitation est introuvable.
    [link] Le lien est introuvable.
    [portal] Le portail est introuvable.
    [account] Le compte client est introuvable.
    [page] Cette page est introuvable.
   *[other] L’élément demandé est introuvable.
} Le contenu a peut-être été supprimé, ou l’adresse contient une faute de frappe.
error-sign-in-needed = Connectez-vous pour continuer.
error-forbidden = Vous n’avez pas l’autorisation nécessaire.
error-conflict = Quelqu’un d’autre a modifié ces données pendant que vous y travailliez. Consultez leur état actuel, puis refaites votre modification.
error-crossed = Quelqu’un d’autre modifiait les mêmes données au même moment. Rien n’a été modifié ; veuillez réessayer.
error-too-many-seconds = Trop de tentatives. Réessayez dans { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}.
error-too-many-minutes = Trop de tentatives. Réessayez dans { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
error-busy-seconds = Le serveur est très sollicité. Réessayez dans { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}.
error-busy-minutes = Le serveur est très sollicité. Réessayez dans { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
error-away = La base de données est injoignable. Rien n’a été perdu ; réessayez dans un instant.
error-full = Il n’y a plus d’espace pour enregistrer ces données. Rien n’a été modifié ; veuillez réessayer plus tard.
error-bad-request = Cette demande ne peut pas être traitée. Revenez en arrière, rechargez la page et réessayez.
error-too-large = C’est trop volumineux. Envoyez-en moins à la fois.
error-internal = Une erreur s’est produite de notre côté. Rien n’a été modifié ; réessayez et prévenez l’exploitant si cela se reproduit.

heading-not-found = Page introuvable
heading-sign-in = Connectez-vous pour continuer
heading-forbidden = Accès non autorisé
heading-shut = Vous n’avez pas accès pour le moment
heading-unusable = Ces données ne peuvent pas être traitées
heading-refused = Ce n’est pas possible pour le moment
heading-conflict = Quelqu’un d’autre a été plus rapide
heading-too-many = Trop de tentatives
heading-busy = Le serveur est très sollicité
heading-away = Nous revenons dans un instant
heading-full = Il n’y a plus d’espace disponible
heading-too-large = C’est trop volumineux
heading-internal = Une erreur s’est produite de notre côté

# A closed gate
shut-stranger = Vous êtes connecté, mais votre compte n’est rattaché à aucun compte client de { $business }. Demandez une invitation à { $business }.
shut-portal-off = Le portail client de { $business } est désactivé pour le moment. Réessayez plus tard ou renseignez-vous auprès de l’entreprise.
shut-disabled = Votre accès au portail de { $business } est désactivé. Demandez à l’entreprise de le rétablir.
shut-disabled-by-client = Une personne qui gère les utilisateurs de { $client } a désactivé votre accès au portail de { $business }. Demandez à un Global Admin de { $client } de le rétablir.
shut-unlinked = Vous n’êtes plus rattaché à ce compte client. Adressez-vous à { $business } si vous pensez qu’il s’agit d’une erreur.
shut-closed = Ce compte client a été clôturé. Adressez-vous à { $business } si vous avez encore besoin d’un élément.
shut-sign-in-again = Reconnectez-vous au portail de { $business }.
portal-off-now = Le portail client est désactivé pour le moment. Réessayez plus tard.

# What was typed; $what is a kind of field
text-missing = { $what ->
    [description] Indiquez la désignation.
    [group] Indiquez le nom du groupe.
    [reference] Indiquez la référence.
    [title] Indiquez la fonction.
    [extension] Indiquez le numéro de poste.
    [reason] Indiquez le motif.
    [email] Indiquez l’adresse e-mail.
    [phone] Indiquez le numéro de téléphone.
   *[name] Indiquez le nom.
}
text-too-long = { $what ->
    [description] La désignation
    [group] Le nom du groupe
    [reference] La référence
    [title] La fonction
    [extension] Le numéro de poste
    [reason] Le motif
    [email] L’adresse e-mail
    [phone] Le numéro de téléphone
   *[name] Le nom
} dépasse { $most } caractères. Veuillez raccourcir.
text-unreadable = { $what ->
    [description] La désignation
    [group] Le nom du groupe
    [reference] La référence
    [title] La fonction
    [extension] Le numéro de poste
    [reason] Le motif
    [email] L’adresse e-mail
    [phone] Le numéro de téléphone
   *[name] Le nom
} contient un caractère qui ne peut pas être affiché. Veuillez le saisir au clavier au lieu de le coller.
text-not-an-email = Saisissez une adresse e-mail comme nom@example.com.
text-not-a-phone = Saisissez un numéro de téléphone composé uniquement de chiffres, d’espaces et de + - ( ).
text-no-address-in-name = N’inscrivez pas d’adresse internet dans le nom : rien comme « exemple.fr », ni « :// », ni mot commençant par « www. ». Après un point dans un nom, laissez une espace.

password-too-short = Utilisez au moins { $least } caractères. Quatre ou cinq mots sans rapport entre eux sont faciles à retenir et difficiles à deviner.
password-too-long = Utilisez au plus { $most } caractères.
password-own-words = Évitez les noms, votre adresse e-mail et le nom de l’entreprise : c’est ce que l’on essaie en premier. Utilisez plusieurs mots sans rapport entre eux.
password-easy = Ce mot de passe est facile à deviner. Utilisez plusieurs mots sans rapport entre eux, sans expressions connues, dates ni répétitions.
password-same = Le nouveau mot de passe est identique à l’actuel. Choisissez-en un autre.
password-not-current = Ce n’est pas votre mot de passe actuel. Saisissez-le à nouveau.
session-gone = Cette session n’existe plus. Rien n’a été modifié.

sign-in-refused = Cette adresse e-mail et ce mot de passe ne correspondent à aucun compte, ou ce compte ne peut pas se connecter ici. Vérifiez les deux et réessayez, ou définissez un nouveau mot de passe avec « Mot de passe oublié ? ».
link-used = Ce lien a déjà été utilisé. Connectez-vous avec le mot de passe que vous avez choisi, ou demandez un nouveau lien.
link-expired = Ce lien a expiré. Demandez-en un nouveau.
link-ended = Ce lien n’est plus valable : un lien plus récent a été envoyé, ou le mot de passe a été modifié depuis. Demandez-en un nouveau.

invitation-expired = Cette invitation a expiré. Demandez-en une nouvelle.
invitation-used = Cette invitation a déjà été utilisée. Si c’était par vous, connectez-vous.
invitation-withdrawn = Cette invitation a été retirée. Adressez-vous à l’entreprise si vous pensez qu’il s’agit d’une erreur.
invitation-replaced = Une invitation plus récente a été envoyée. Utilisez le lien du dernier e-mail.
invitation-not-good = Cette invitation n’est plus valable. Demandez-en une nouvelle à l’entreprise.
invitation-portal-off = Le portail client de { $business } est désactivé pour le moment. Votre invitation reste valable ; réessayez plus tard.
invitation-has-account = Il existe déjà un compte avec cette adresse. Connectez-vous pour accepter l’invitation.
invitation-already-connected = Ce compte est déjà rattaché à { $client }. Connectez-vous pour le consulter.
invitation-removed-since = Votre accès au portail de { $business } a été supprimé après l’envoi de cette invitation. Demandez-en une nouvelle à l’entreprise.
invitation-ask-business = Il n’est pas possible d’envoyer une nouvelle invitation d’ici. Demandez-la à l’entreprise.

terms-newer = Une nouvelle version des conditions vient d’être publiée. Lisez-la, puis acceptez-la.
terms-already = Vous avez déjà accepté ces conditions.
terms-tick = Cochez la case pour accepter les conditions, ou refusez-les et déconnectez-vous.

change-expired = Cette modification n’a pas été confirmée à temps ; rien n’a été modifié.
change-done = Cette modification a déjà été confirmée et effectuée. Il n’y a plus rien à faire.
change-declined = Cette modification a été refusée ; rien n’a été modifié.
change-withdrawn = Cette modification a été annulée ; il n’y a rien à confirmer.
change-replaced = Une modification plus récente a été demandée. Utilisez le lien du dernier e-mail.
change-overtaken = L’adresse e-mail du compte a été modifiée depuis ; ce lien n’est plus valable.
change-agreed = Vous avez déjà confirmé cette modification. Suivez le lien de l’e-mail envoyé à la nouvelle adresse pour terminer.
change-not-agreed = La personne doit d’abord donner son accord depuis son adresse actuelle. Vous recevrez ensuite un nouveau lien.
change-taken = Un autre compte utilise désormais cette adresse ; rien n’a été modifié. Connectez-vous plutôt à celui-là.
