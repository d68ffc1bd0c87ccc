# The parts that every page is made of.

ui-language = Idioma
ui-skip = Ir al contenido principal
ui-breadcrumb = Ruta de navegación
ui-dismiss = Cerrar el mensaje
ui-problem = Revise los datos introducidos
ui-optional = (opcional)
ui-error = Error:
ui-show = Mostrar
ui-hide = Ocultar
# $what is the label of a password field
ui-show-what = Mostrar: { $what }
ui-cancel = Cancelar
ui-affected = Afectados
ui-apply = Aplicar
ui-filters = Filtros activos:
ui-filter-remove = Quitar el filtro: { $filter }
ui-filters-clear = Borrar los filtros
ui-actions = Acciones
ui-per-page = Por página
ui-pages = Páginas
ui-previous = Anterior
ui-next = Siguiente
ui-range = { $first } a { $last } de { $total }
ui-range-more = { $first } a { $last } de más de { $total }
ui-range-count = { $rows } de { $total }
ui-range-count-more = { $rows } de más de { $total }
ui-theme-system = Según el sistema
ui-theme-light = Claro
ui-theme-dark = Oscuro
ui-help = Ayuda y contacto
ui-sign-out = Cerrar sesión
ui-signing-out = Cerrando sesión…
ui-sending = Enviando…
ui-saving = Guardando…
ui-try-again = Intentar de nuevo
ui-to-start = Ir a la página de inicio
