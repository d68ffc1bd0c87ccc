# Ce qu’une entreprise partage avec un client : listes, un élément, ses fichiers.

bookings = Réservations
invoices = Factures
dockets = Bons de livraison
statements = Relevés
documents = Documents
booking-numbered = Réservation { $number }
invoice-numbered = Facture { $number }
docket-numbered = Bon de livraison { $number }
statement-numbered = Relevé { $number }
document-numbered = Document { $number }

stage-planned = Prévue
stage-confirmed = Confirmée
stage-completed = Terminée
stage-open = En attente
stage-paid = Payée
stage-signed = Signé
stage-issued = Émis
stage-cancelled = Annulé
stage-overdue = En retard

day-date = Date
day-until = Jusqu’au
day-issued = Émise le
day-due = Échéance
day-from = Du
day-to = Au

records-number = Numéro
records-title = Description
records-state = État
records-amount = Montant
records-find = Rechercher par numéro ou description
records-count = { $count ->
    [one] { $count } élément
   *[other] { $count } éléments
}
records-count-more = Plus de { $count } éléments
records-moved = Cette partie de la liste n’est plus ici
records-moved-text = Ce qui s’y trouvait a changé entre-temps.
records-first-page = Aller à la première page
records-nothing-fits = Aucun résultat
records-nothing-fits-text = Rien ne correspond à votre saisie et aux filtres choisis.
records-show-all = Tout afficher

record-files = Fichiers
record-download = Télécharger

home-needs = { $count ->
    [one] Une chose vous attend
   *[other] { $count } choses vous attendent
}
home-invoice-due = { $invoice } : échéance le { $day }
home-invoice-overdue = { $invoice } : échéance dépassée depuis le { $day }
home-coming-up = Prochainement
home-recent-invoices = Dernières factures
home-latest-dockets = Derniers bons de livraison
home-latest-statements = Derniers relevés
home-latest-documents = Derniers documents
home-all-bookings = Toutes les réservations
home-all-invoices = Toutes les factures
home-all-dockets = Tous les bons de livraison
home-all-statements = Tous les relevés
home-all-documents = Tous les documents

mails-title = E-mails que vous recevez
mails-lede = { $business } vous écrit lorsque l’un de ces éléments est partagé avec vous.
mails-lede-client-html = { $business } écrit à <b>{ $email }</b> lorsque l’un de ces éléments est partagé avec { $client }.
mails-not-yours = Votre choix ne concerne ici que les e-mails envoyés à { $email }.
mails-about = E-mails concernant
mails-access-stays = Quel que soit votre choix, votre accès au portail reste inchangé.
mails-save = Enregistrer le choix
mails-saved = Votre choix est enregistré
