# The parts that every page is made of.

ui-language = Langue
ui-skip = Aller au contenu principal
ui-breadcrumb = Fil d’Ariane
ui-dismiss = Fermer le message
ui-problem = Veuillez vérifier votre saisie
ui-optional = (facultatif)
ui-error = Erreur :
ui-show = Afficher
ui-hide = Masquer
# $what is the label of a password field
ui-show-what = Afficher : { $what }
ui-cancel = Annuler
ui-affected = Concernés
ui-apply = Appliquer
ui-filters = Filtres actifs :
ui-filter-remove = Retirer le filtre : { $filter }
ui-filters-clear = Effacer les filtres
ui-actions = Actions
ui-per-page = Par page
ui-pages = Pages
ui-previous = Précédent
ui-next = Suivant
ui-range = { $first } à { $last } sur { $total }
ui-range-more = { $first } à { $last } sur plus de { $total }
ui-range-count = { $rows } sur { $total }
ui-range-count-more = { $rows } sur plus de { $total }
ui-theme-system = Comme le système
ui-theme-light = Clair
ui-theme-dark = Sombre
ui-help = Aide et contact
ui-sign-out = Se déconnecter
ui-signing-out = Déconnexion…
ui-sending = Envoi en cours…
ui-saving = Enregistrement…
ui-try-again = Réessayer
ui-to-start = Aller à la page d’accueil
