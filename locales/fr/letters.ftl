# Mail. Each is plain text; the names are of people, clients and businesses.

letter-hello = Bonjour { $name },
letter-hello-nobody = Bonjour,
letter-copy-link = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :
letter-questions = Des questions ?
letter-why-contact = Vous recevez cet e-mail parce que { $business } a enregistré { $email } comme contact de { $client }.
letter-why-sign-in = Vous recevez cet e-mail parce que vous vous connectez avec { $email }.
letter-link-until = Le lien est valable une seule fois, jusqu’au { $until }.

letter-invitation = { $business } vous invite sur son portail client
letter-invitation-by = { $name }, de { $business }, vous invite sur le portail client, où vous trouverez tout ce qui est partagé avec { $client }.
letter-invitation-by-business = { $business } vous invite sur le portail client, où vous trouverez tout ce qui est partagé avec { $client }.
letter-invitation-follow = Suivez le lien pour entrer. Vous choisirez votre propre mot de passe, ou vous vous connecterez si vous en avez déjà un.
letter-invitation-accept = Accepter l’invitation
letter-invitation-until = L’invitation est personnelle, valable une seule fois, jusqu’au { $until }. Ensuite, demandez-en une nouvelle à { $business }.
letter-invitation-leave = Si vous ne l’attendiez pas, vous pouvez l’ignorer : rien ne se passe tant que vous n’acceptez pas.
letter-temporary-sign-in = Connectez-vous avec { $email } et ce mot de passe temporaire :
letter-temporary-then = Vous choisirez ensuite votre propre mot de passe.
letter-temporary-button = Se connecter
letter-temporary-until = Le mot de passe temporaire est valable une seule fois, pendant { $hours } heures. Ensuite, demandez une nouvelle invitation à { $business }.
letter-temporary-leave = Si vous ne l’attendiez pas, vous pouvez l’ignorer : rien ne se passe tant que vous ne vous connectez pas.

letter-other = Votre invitation de { $business } a été acceptée avec une autre adresse
letter-other-text = L’invitation envoyée à { $email } a été acceptée le { $when } par une personne connectée en tant que { $other }.
letter-other-you = Si c’était vous, tout va bien. Si vous ne connaissez pas cette adresse, prévenez { $business } sans attendre, afin que cet accès puisse être fermé.
letter-other-why = Vous recevez cet e-mail parce que l’invitation était adressée à { $email }.

letter-reset = Définissez un nouveau mot de passe
letter-reset-portal = Un lien pour définir un nouveau mot de passe a été demandé pour le portail client de { $business }. Si c’était vous, choisissez-en un maintenant.
letter-reset-console = Un lien pour définir un nouveau mot de passe a été demandé pour la console de { $business }. Si c’était vous, choisissez-en un maintenant.
letter-reset-once = Le lien est valable une seule fois, pendant une heure. S’il a expiré, demandez-en un autre sur la page de connexion.
letter-reset-leave = Si ce n’était pas vous, vous pouvez ignorer cet e-mail : votre mot de passe reste inchangé.
letter-reset-why = Vous recevez cet e-mail parce qu’un nouveau mot de passe a été demandé avec { $email }.

letter-refused = Votre demande d’accès au portail client de { $business }
letter-refused-text = Le { $when }, vous avez demandé un accès au portail client de { $business }. Votre demande n’a pu être rattachée à personne ; aucun accès n’a donc été créé.
letter-refused-next = Si vous devriez avoir accès, refaites la demande avec l’adresse et la référence sous lesquelles l’entreprise vous connaît, ou demandez à la personne qui gère le portail dans votre société de vous ajouter.
letter-refused-leave = Si la demande ne venait pas de vous, vous pouvez ignorer cet e-mail : rien ne s’est passé.
letter-refused-why = Vous recevez cet e-mail parce qu’un accès a été demandé avec { $email }.

letter-password = Votre mot de passe a été modifié
letter-password-portal = Le mot de passe avec lequel vous vous connectez au portail client de { $business } a été modifié le { $when }.
letter-password-console = Le mot de passe avec lequel vous vous connectez à la console de { $business } a été modifié le { $when }.
letter-password-wrong-portal = Si c’était vous, tout va bien. Sinon, définissez-en un nouveau sans attendre et prévenez { $business }.
letter-password-wrong-console = Si c’était vous, tout va bien. Sinon, définissez-en un nouveau sans attendre et prévenez la personne qui gère le personnel.
letter-password-button = Définir un nouveau mot de passe

letter-renamed = Votre nom a été modifié
letter-renamed-text = Le nom de votre compte est { $name } depuis le { $when }, à la demande de { $business }.
letter-renamed-wrong = Si ce n’est pas exact, signalez-le à l’entreprise.

letter-change = { $business } vous demande de confirmer une modification
letter-change-name = { $name }, de { $business }, demande à remplacer le nom de votre compte par { $to }.
letter-change-name-then = Rien ne change sans votre confirmation.
letter-change-email = { $name }, de { $business }, demande à remplacer l’adresse avec laquelle vous vous connectez par { $to }.
letter-change-email-then = Rien ne change sans votre confirmation. La nouvelle adresse devra aussi confirmer ; vous vous connecterez ensuite avec elle.
letter-change-button = Voir la modification
letter-change-leave = Si vous ne le souhaitez pas, refusez sur la page ou ignorez cet e-mail.

letter-address = Confirmez votre nouvelle adresse e-mail
letter-address-text = { $name }, de { $business }, a demandé que vous vous connectiez avec { $to } au lieu de { $from }.
letter-address-then = Dès votre confirmation, la nouvelle adresse s’applique. Vous serez déconnecté partout ; votre mot de passe reste le même.
letter-address-button = Confirmer cette adresse
letter-address-leave = Si vous n’êtes pas au courant, vous pouvez ignorer cet e-mail : rien ne se passe sans confirmation.
letter-address-why = Vous recevez cet e-mail parce que { $email } a été indiquée à { $business } comme nouvelle adresse de { $name }.
letter-taken = Un compte existe déjà avec cette adresse
letter-taken-text = { $by }, de { $business }, a demandé que { $name } se connecte avec { $email }. Un compte existe déjà avec cette adresse ; rien n’a donc été modifié.
letter-taken-both = Si les deux comptes sont à vous, connectez-vous à celui qui a cette adresse et demandez qu’il soit invité.

letter-changing = Une nouvelle adresse e-mail a été demandée
letter-changing-text = { $name }, de { $business }, a demandé que vous vous connectiez avec { $to }. Le changement prend effet dès sa confirmation depuis cette adresse ; d’ici là, { $from } reste valable.
letter-changing-wrong = Si ce n’est pas exact, prévenez { $business } sans attendre.

letter-changed = L’adresse avec laquelle vous vous connectez a été modifiée
letter-changed-text = Depuis le { $when }, vous vous connectez au portail client de { $business } avec { $to }, et non plus avec { $from }. Vous avez été déconnecté partout.
letter-changed-wrong = Si ce n’était pas vous, prévenez { $business } sans attendre.
letter-changed-why = Vous recevez cet e-mail parce que vous vous connectiez avec { $email }.
letter-address-own = Vous avez demandé à vous connecter chez { $business } avec { $to } au lieu de { $from }.
letter-taken-own = { $name } a demandé à se connecter au portail client de { $business } avec { $email }. Un compte existe déjà avec cette adresse ; rien n’a donc été modifié.
letter-changing-own = Une personne connectée à votre compte, et qui en connaît le mot de passe, a demandé que vous vous connectiez avec { $to }. Le changement prend effet dès sa confirmation depuis cette adresse ; d’ici là, { $from } reste valable.
letter-changing-wrong-own = Si ce n’était pas vous, définissez un nouveau mot de passe sans attendre : tout le monde sera déconnecté et rien ne changera.

# Ce qui a été partagé, et les e-mails que quelqu’un souhaite.
letter-shared-one = { $business } a partagé avec vous : { $record }
letter-shared-several = { $business } a partagé { $count ->
    [one] { $count } élément
   *[other] { $count } éléments
} avec vous
letter-shared-text = { $count ->
    [one] { $business } a partagé ceci avec { $client } :
   *[other] { $business } a partagé ces éléments avec { $client } :
}
letter-shared-more = { $count ->
    [one] Et { $count } autre élément.
   *[other] Et { $count } autres éléments.
}
letter-shared-open = Ouvrir : { $record }
letter-shared-open-all = Ouvrir l’espace client
letter-shared-why = Vous recevez cet e-mail parce que { $business } a enregistré { $email } comme contact de { $client }.
letter-choice = Choisir les e-mails que vous recevez
