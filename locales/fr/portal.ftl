# The portal: its door, and its home.

portal-home-of = Portail client de { $business }, accueil
portal-main = Navigation principale
portal-account = Compte client :
portal-accounts-with = Vos comptes chez { $business }
portal-your-account = Votre compte : { $name }
back-to-portal = Retour au portail
to-the-portal = Aller au portail
# followed by an address or a number
questions-ask = Des questions ? Adressez-vous à { $business } :

role-member = Membre
role-group-manager = Group Manager
role-global-admin = Global Admin

field-email = Adresse e-mail
field-password = Mot de passe
field-new-password = Nouveau mot de passe
field-current-password = Mot de passe actuel
field-first-name = Prénom
field-last-name = Nom

sign-in = Se connecter
sign-in-busy = Connexion…
sign-in-welcome = Le portail client de { $business }.
sign-in-check = Vérifiez l’adresse e-mail et le mot de passe.
sign-in-back = Retour à la connexion
sign-in-no-account-html = Pas encore de compte ? <a href="{ $href }">Demander un accès</a>
signed-out = Vous êtes déconnecté

forgotten = Mot de passe oublié ?
forgotten-page = Mot de passe oublié
forgotten-lede = Saisissez l’adresse e-mail avec laquelle vous vous connectez. Nous vous enverrons un lien pour choisir un nouveau mot de passe.
forgotten-mail = M’envoyer un lien
forgotten-sent = Consultez votre messagerie
forgotten-sent-text = Si un compte existe ici avec cette adresse, un lien pour choisir un nouveau mot de passe vous est envoyé. Il est valable une seule fois, pendant une heure.
forgotten-sent-junk = Rien reçu après quelques minutes ? Regardez dans vos courriers indésirables, ou vérifiez l’adresse et recommencez.
forgotten-again = Redemander un lien

reset-for-html = Pour <b>{ $email }</b>. Vous serez déconnecté partout ailleurs.
reset-set = Définir le nouveau mot de passe
reset-again = Demander un nouveau lien
reset-done = Votre nouveau mot de passe est défini
reset-done-text = Connectez-vous avec celui-ci. Vous avez été déconnecté partout ailleurs.
link-used-title = Ce lien a déjà été utilisé
link-expired-title = Ce lien a expiré
link-ended-title = Ce lien n’est plus valable

ask-title = Demander un accès
ask-lede = Pour les personnes qui travaillent avec nous et n’ont pas encore d’invitation. Utilisez l’adresse e-mail sous laquelle nous vous connaissons.
ask-reference = Référence client
ask-reference-hint = Elle figure sur nos courriers et nos factures.
ask-name = Votre nom
ask-done = Votre demande est enregistrée
ask-done-text = Si l’adresse et la référence correspondent à nos données, une invitation est envoyée à cette adresse. Sinon, votre demande sera examinée.
ask-done-junk = Rien reçu après quelques minutes ? Regardez dans vos courriers indésirables. Il est inutile de renouveler la demande.

password-hint = Au moins 15 caractères. Quatre mots sans rapport entre eux conviennent bien.
password-choose = Choisissez votre mot de passe
password-choose-text = Le mot de passe temporaire a servi et n’est plus valable. Désormais, vous vous connectez avec un mot de passe que vous seul connaissez.
password-choose-new = Choisissez un nouveau mot de passe
password-due-html = { $business } vous demande de changer votre mot de passe avant de continuer. Ce changement est attendu depuis le { $date }.
password-change-yours = Changer votre mot de passe
password-change-text = Vous resterez connecté ici et serez déconnecté partout ailleurs.
password-change = Changer le mot de passe
password-set = Définir le mot de passe
password-sign-out = Se déconnecter plutôt
password-changed = Votre mot de passe est modifié
password-changed-text = Vous êtes déconnecté partout ailleurs.

terms = Conditions d’utilisation
terms-version = Conditions d’utilisation, version { $version }
terms-please-html = { $business } vous demande de lire et d’accepter ces conditions avant de continuer. Version { $version } du <span class="nowrap">{ $date }</span>.
terms-updated = Nos conditions ont changé
terms-updated-html = Version { $version } du <span class="nowrap">{ $date }</span>. Vous avez accepté la version { $older } le { $accepted }.
terms-accepted = Conditions acceptées
terms-accepted-html = Version { $version }. Acceptée le { $accepted }.
terms-agree = J’ai lu et j’accepte les conditions, version { $version }
terms-agree-hint = Nous enregistrons votre nom, la date et la version que vous avez acceptée.
terms-accept = Accepter et continuer
terms-decline = Refuser et se déconnecter

invitation-title = Accepter votre invitation
invitation-by = { $name }, de { $business }, vous invite
invitation-by-business = { $business } vous invite
invitation-join = Rejoignez le portail pour { $client }
invitation-see = Consultez ce que { $business } partage avec { $client }
invitation-own-sign-in = Vos propres identifiants, avec un mot de passe que vous seul connaissez
invitation-email-hint = L’invitation a été envoyée à cette adresse : c’est avec elle que vous vous connecterez.
invitation-password = Créez un mot de passe
invitation-create = Créer mon compte
invitation-create-busy = Création de votre compte…
invitation-next-terms = Ensuite : lire et accepter les conditions.
invitation-once-html = Ce lien est valable une seule fois et expire le { $date }.
invitation-known = Vous avez déjà un compte avec cette adresse. Connectez-vous pour y ajouter { $client }.
invitation-known-other = Connectez-vous à votre compte existant pour y ajouter { $client }. Nous en informerons l’adresse invitée.
invitation-sign-in = Se connecter et accepter
invitation-signed-in-html = Vous êtes connecté en tant que <b>{ $name }</b>
invitation-accept = Accepter l’invitation
invitation-accept-busy = Acceptation…
invitation-somebody-else = Vous êtes connecté avec un autre compte
invitation-invited-html = Adresse invitée : <b>{ $email }</b>
invitation-signed-in-as-html = Compte connecté : { $name }, <b>{ $email }</b>
invitation-accept-as = Accepter en tant que { $name }
invitation-accept-as-text = Ajoute { $client } au compte avec lequel vous êtes connecté. Nous en informerons l’adresse invitée.
invitation-sign-out = Se déconnecter et utiliser l’adresse invitée
invitation-sign-out-text = Vous reviendrez ensuite sur cette page.
invitation-was-for-html = Elle concernait le portail de { $client } et était valable jusqu’au { $date }.
invitation-new-to-html = Une nouvelle sera envoyée à <b>{ $email }</b>
invitation-ask-again = Demander une nouvelle invitation
invitation-have-account-html = Vous avez déjà un compte ? <a href="{ $href }">Connectez-vous pour y ajouter { $client }</a>
invitation-no-account-html = Pas encore de compte ? <a href="{ $href }">Créez-en un pour { $email }</a>
invitation-not-now-title = Cette invitation ne peut pas être acceptée pour le moment
invitation-expired-title = Cette invitation a expiré
invitation-expired-text = Son lien n’ouvre plus rien. Demandez une nouvelle invitation à { $business } ou demandez un accès ci-dessous.
invitation-used-title = Cette invitation a déjà été utilisée
invitation-used-text = Le lien ne fonctionne qu’une fois. Si c’était vous, connectez-vous pour continuer ; sinon, prévenez { $business }.
invitation-withdrawn-title = Cette invitation a été retirée
invitation-withdrawn-text = Son lien n’ouvre plus rien. Si vous pensez qu’il s’agit d’une erreur, adressez-vous à { $business } ou demandez un accès ci-dessous.
invitation-replaced-title = Une invitation plus récente a été envoyée
invitation-replaced-text = Seul le lien le plus récent fonctionne : ouvrez celui du dernier e-mail.
invitation-not-accepted = L’invitation n’a pas été acceptée
invitation-on-its-way = Une nouvelle invitation est en route
invitation-on-its-way-text = Ouvrez le lien du dernier e-mail.

confirm-asks = { $name }, de { $business }, demande
confirm-now = Actuellement
confirm-new = Nouveau
confirm-busy = Confirmation…
confirm-yes = Oui, modifier
confirm-no = Non, laisser tel quel
confirm-name = Modifier votre nom ?
confirm-name-then = Il change aussitôt partout où vous utilisez ce compte.
confirm-email = Modifier l’adresse avec laquelle vous vous connectez ?
confirm-email-then = La nouvelle adresse devra aussi confirmer. D’ici là, rien ne change.
confirm-address = Confirmez votre nouvelle adresse e-mail
confirm-address-then = Vous vous connecterez ensuite avec cette adresse partout où vous utilisez ce compte. Votre mot de passe ne change pas et vous serez déconnecté partout.
confirm-address-yes = Confirmer cette adresse
confirm-over = Il n’y a rien à confirmer
confirm-renamed = Votre nom est modifié
confirm-renamed-text = Il n’y a rien d’autre à faire.
confirm-asked = Encore une étape
confirm-asked-text = Un lien a été envoyé à la nouvelle adresse. Suivez-le pour terminer la modification.
confirm-person = Encore une étape
confirm-person-text = La personne doit d’abord donner son accord : un lien a été envoyé à l’adresse avec laquelle elle se connecte actuellement. Un nouveau lien sera ensuite envoyé à la nouvelle adresse.
confirm-moved = Votre nouvelle adresse est confirmée
confirm-moved-text = Connectez-vous désormais avec celle-ci ; votre mot de passe est le même. Vous avez été déconnecté partout.
confirm-declined = Rien ne change
confirm-declined-text = Rien n’a été modifié, et { $business } voit que vous avez refusé.

home = Accueil
home-hello = Bonjour { $name }
home-closing = Ce compte client est en cours de clôture
home-closing-html = { $business } l’a clôturé. Vous pouvez encore consulter ce qui a été partagé jusqu’au { $date }.
home-shared = Partagé avec vous
home-nothing = Rien n’a encore été partagé
home-nothing-text = Lorsque { $business } partagera un élément avec { $client }, il apparaîtra ici.
home-other-accounts = Vos autres comptes
home-turn-to = À qui vous adresser
home-turn-to-usual = Adressez-vous à vos interlocuteurs habituels.
home-access = Votre accès
home-role = Votre rôle
home-group = Votre groupe
home-sign-in-as = Vous vous connectez avec

unconnected = Vous êtes connecté, mais votre compte n’est rattaché à aucun compte client
unconnected-next = Ce que vous pouvez faire
unconnected-html = Demandez à { $business } d’inviter à nouveau <b>{ $email }</b>. Vos identifiants restent valables : une fois rattaché, vous verrez ici ce qui est partagé avec vous.
unconnected-turn-to = Adressez-vous à vos interlocuteurs habituels.

accounts = Vos comptes clients
accounts-lede = Tout ce que { $business } partage avec vous, compte par compte.
accounts-find = Rechercher un compte client
accounts-all = Tous vos comptes clients
accounts-elsewhere = Vos autres portails
accounts-none = Aucun compte client ne porte ce nom
accounts-none-text = Essayez une autre partie du nom.
accounts-more = Afficher plus
