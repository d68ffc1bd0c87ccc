# Mi empresa: las personas de un cliente se encargan ellas mismas de sus compañeros.

company-title = Mi empresa
company-users = Usuarios
company-groups = Grupos
company-activity = Actividad
company-users-of = Usuarios de { $client }
company-groups-of = Grupos de { $client }
company-activity-of = Actividad de { $client }
company-lede-admin = Personas de { $client } que pueden usar este portal. Usted se encarga de todas.
company-lede-manager = Personas del grupo { $group } de { $client }. Usted se encarga de ellas.
company-everyone = Todos
company-find = Buscar por nombre o correo
company-find-button = Buscar
company-count = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
}
company-people = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
}
company-name = Nombre
company-group = Grupo
company-role = Rol
company-status = Estado
company-last-sign-in = Último acceso
company-not-yet = Aún no
company-you = (usted)
company-actions-for = Acciones para { $name }
company-active = Activo
company-password-due = Debe cambiar la contraseña
company-disabled = Desactivado
company-invited = Invitado
company-expired = Invitación caducada
company-taken-back = Invitación retirada
company-moved = Esta parte de la lista se ha desplazado
company-moved-text = Las personas que estaban aquí han cambiado entretanto.
company-first-page = Ir a la primera página
company-nobody = No hay coincidencias
company-nobody-text = Nadie de su empresa coincide con lo que ha escrito o está en este grupo.
company-show-all = Mostrar a todos
company-roles = Qué puede hacer cada rol
company-role-admin = Se encarga de todas las personas de { $client }, en todos los grupos, y ve todo lo que se comparte.
company-role-manager = Añade, edita y quita personas solo en su propio grupo.
company-role-member = Ve lo que el grupo puede ver y edita su propio perfil.
company-edit = Editar
company-place = Cambiar de grupo o rol
company-resend = Reenviar la invitación…
company-disable = Desactivar la cuenta…
company-enable = Activar la cuenta…
company-disabled-by = Por { $business }
company-remove = Quitar de { $client }…
company-withdraw = Retirar la invitación…

## Añadir y editar
company-add = Añadir un usuario
company-add-lede = En { $client }. La persona recibe un correo con un enlace para elegir su propia contraseña. Nadie más la verá nunca.
company-who-legend = Datos de contacto
company-place-legend = Datos del usuario
company-email-hint = Su propia dirección de trabajo. Con ella inicia sesión.
company-field-title = Cargo
company-field-cell = Teléfono móvil
company-field-office = Teléfono de la oficina
company-field-extension = Extensión
company-group-hint = Un grupo limita los documentos que ven sus miembros.
company-admin-hint = Se encarga de todos los usuarios de { $client }, incluido usted. Solo en el grupo «Default».
company-manager-hint = Se encarga solo de las personas de este grupo.
company-send = Guardar usuario
company-added = Se ha invitado a { $name }
company-added-text = La invitación enviada a { $email } es válida hasta el { $date }.
company-invited-already = { $name } ya tiene una invitación para { $client }. Use «Reenviar la invitación» en la lista.
company-user-already = { $name } ya es usuario de { $client }.
company-cannot-add = Esta dirección de correo no se puede añadir desde aquí. Pida ayuda a la empresa que gestiona este portal.
company-too-many = Ha enviado { $count } invitaciones en las últimas 24 horas, el máximo permitido. Continúe mañana.
company-edit-title = Editar a { $name }
company-edit-lede = Tal como constan en { $business }. Su propia cuenta queda como esa persona la configuró.
company-email-theirs = Con ella inicia sesión, así que solo esa persona puede cambiarla.
company-email-invited = La invitación se envió a esta dirección. Para usar otra, retírela y añada a la persona de nuevo.
company-email-kept = La dirección de correo no se puede cambiar desde aquí.
company-save = Guardar
company-saved = Se ha guardado a { $name }
company-same = Nada que guardar: todo está como antes
company-rival = Otra persona ha cambiado esto mientras usted trabajaba
company-rival-text = Todavía no se ha guardado nada de lo suyo. Guarde de nuevo para sustituir lo que hay ahora:
company-rival-place = Ahora es { $role } en { $group }. Guarde de nuevo para sustituirlo o cancele para conservarlo.
company-rival-group = Todavía no se ha guardado nada de lo suyo. Guarde de nuevo para sustituir lo que hay ahora o cancele para conservarlo.
company-place-title = { $name }: grupo y rol
company-place-lede = El cambio surte efecto de inmediato.
company-place-same = El grupo y el rol de { $name } son los mismos que antes. No se ha cambiado nada.
company-ended = { $name } ya no está vinculado allí. No se ha cambiado nada.
company-placed = { $name } tiene un nuevo lugar
company-placed-text = Se aplica desde la siguiente acción.
company-last = { $name } es el último Global Admin de { $client }
company-last-text = Nombre antes a otro Global Admin; hasta entonces no se puede dejar este rol.
company-last-refused = { $name } es el último Global Admin de su empresa. Nombre antes a otro Global Admin.
company-own = Este es su propio rol
company-own-text = Si lo deja, solo otro Global Admin podrá devolvérselo.

## Reenviar y quitar
company-resend-ask = ¿Reenviar la invitación a { $name }?
company-resend-reset = Se envía a { $email } un enlace para establecer una contraseña nueva. Hasta que { $name } lo use, su contraseña sigue igual.
company-resend-invitation = Se envía a { $email } una nueva invitación para { $name }, y la anterior deja de funcionar.
company-resend-withdrawn = Se envía a { $email } una nueva invitación para { $name }. La anterior se retiró.
company-confirm = Confirmar
company-resent = El correo a { $email } está en camino
company-resent-reset = Lleva un enlace para establecer una contraseña nueva. Nadie más lo ve.
company-resent-invitation = Lleva una nueva invitación; la anterior ya no funciona.
company-remove-ask = ¿Quitar a { $name } de { $client }?
company-remove-text = { $name } deja de ver todo lo de { $client } desde la siguiente acción.
company-remove-stays = Su propia cuenta sigue siendo suya, y usted puede volver a invitarle.
company-remove-verb = Sí, quitar a { $name }
company-removed = { $name } ya no está en { $client }
company-removed-text = Puede volver a invitarle.
company-withdraw-ask = ¿Retirar la invitación a { $name }?
company-withdraw-text = El enlace enviado a { $email } deja de funcionar de inmediato.
company-withdraw-verb = Sí, retirarla
company-withdrawn = Se ha retirado la invitación a { $name }
company-letter = { $name }, de { $client }, le invita al portal de clientes de { $business }, donde encontrará todo lo que se comparte con { $client }.
company-not-oneself = No puede quitarse a sí mismo. Pídalo a otro Global Admin o a la empresa que gestiona este portal.
company-not-invited = { $name } no tiene ninguna invitación pendiente. No se ha cambiado nada.

## Desactivar y activar
company-disable-ask = ¿Desactivar a { $name } en { $business }?
company-disable-text = { $name } deja de tener acceso a todo lo de { $business } desde la siguiente acción. Las invitaciones pendientes y los enlaces para establecer una contraseña nueva dejan de funcionar.
company-disable-stays = No se pierde nada: el grupo, el rol y los documentos siguen igual, y usted puede volver a activar la cuenta.
company-disable-verb = Sí, desactivar a { $name }
company-disable-done = Se ha desactivado a { $name }
company-disable-done-text = Ya no tiene acceso. Usted puede volver a activar la cuenta.
company-disable-elsewhere-title = La cuenta de { $name } no se puede desactivar desde aquí
company-disable-elsewhere = { $name } también pertenece a otros clientes de la empresa que gestiona este portal, por lo que solo ella puede desactivar la cuenta. En su lugar, quite a esta persona de su empresa: dejará de ver todo lo de ella.
company-disable-not-oneself = No puede desactivarse a sí mismo. Pídalo a otro Global Admin o a la empresa que gestiona este portal.
company-disable-already = La cuenta de { $name } ya está desactivada. No se ha cambiado nada.
company-enable-ask = ¿Volver a activar a { $name } en { $business }?
company-enable-text = { $name } recupera el acceso, con el mismo grupo y rol que antes.
company-enable-verb = Activar la cuenta
company-enable-done = Se ha vuelto a activar a { $name }
company-enable-done-text = Recupera el acceso como antes.
company-enable-not-disabled = La cuenta de { $name } no está desactivada. No se ha cambiado nada.
company-enable-not-ours = La empresa que gestiona este portal desactivó la cuenta de { $name }, y solo ella puede volver a activarla. Diríjase a sus interlocutores habituales.

## Grupos
company-groups-lede = Cada usuario pertenece a un grupo, que determina lo que puede ver. Los Global Admins lo ven todo.
company-sees = Puede ver
company-sees-everything = Todo
company-sees-nothing = Nada
company-sees-hint = De lo que { $business } comparte con su empresa.
company-bookings = Reservas
company-invoices = Facturas
company-dockets = Albaranes
company-statements = Extractos
company-documents = Documentos
company-group-new = Crear un grupo
company-group-edit = Grupo { $group }
company-group-name = Nombre
company-group-default = Cada empresa conserva su grupo «Default»; su nombre no cambia.
company-group-made = Se ha creado el grupo { $group }
company-group-made-text = Todavía no pertenece nadie a él. Asigne este grupo a personas en la lista de usuarios.
company-group-saved = Se ha guardado el grupo { $group }
company-group-delete = Eliminar el grupo…
company-group-delete-ask = ¿Eliminar el grupo { $group }?
company-group-delete-text = { $count ->
    [0] No pertenece nadie a él.
    [one] La única persona del grupo pasa al grupo «Default» como miembro.
   *[other] Las { $count } personas del grupo pasan al grupo «Default» como miembros.
}
company-group-delete-verb = Sí, eliminar { $group }
company-group-deleted = Se ha eliminado el grupo { $group }
company-group-deleted-text = { $count ->
    [0] No pertenecía nadie a él.
    [one] Una persona ha pasado al grupo «Default».
   *[other] { $count } personas han pasado al grupo «Default».
}
company-group-taken = Ya hay un grupo «{ $group }». Elija otro nombre.
company-group-most = Ya hay { $count } grupos. Elimine antes uno.
company-group-gone = Este grupo ya no existe. Elija otro.
company-group-keep = El grupo «Default» no se puede eliminar. No se ha cambiado nada.

## Quién se encarga de quién
company-beyond = Usted se encarga solo de los miembros de su propio grupo. Diríjase a un Global Admin de su empresa.
company-not-yours = Solo un Global Admin o un Group Manager de su empresa se encarga de sus usuarios.
company-not-delegated = De los usuarios de su empresa se encarga la propia empresa que gestiona este portal. Diríjase a sus interlocutores habituales.

## Actividad
company-activity-lede = Lo que { $business } y sus compañeros han hecho con las personas de { $client }.
company-activity-none = Todavía nada
company-activity-none-text = Lo que ocurra con los usuarios de su empresa aparecerá aquí.
company-newer = Más reciente
company-older = Más antiguo
activity-business = La empresa
activity-invited = ha invitado a { $name }
activity-withdrew = ha retirado la invitación a { $name }
activity-accepted = ha aceptado la invitación
activity-placed = ha cambiado el grupo o el rol de { $name }
activity-removed = ha quitado a { $name }
activity-blocked = ha bloqueado a { $name } en la parte de su empresa
activity-unblocked = ha desbloqueado a { $name }
activity-recorded = ha registrado a { $name } como contacto
activity-changed = ha cambiado los datos de { $name }
activity-disabled = ha desactivado a { $name }
activity-enabled = ha vuelto a activar a { $name }
activity-disabled-again = ha vuelto a dejar desactivado a { $name }, como antes
activity-deleted = ha eliminado al usuario del portal { $name }
activity-restored = ha restaurado al usuario del portal { $name }
activity-reset = ha enviado a { $name } un enlace para establecer una contraseña nueva
activity-required = ha pedido a { $name } una contraseña nueva en el próximo inicio de sesión
activity-sessions = ha cerrado las sesiones de { $name }
activity-group-made = ha creado el grupo { $group }
activity-group-renamed = ha cambiado el nombre de un grupo a { $group }
activity-group-sight = ha cambiado lo que puede ver el grupo { $group }
activity-group-deleted = ha eliminado el grupo { $group }
activity-delegation-on = deja que su empresa se encargue de sus usuarios
activity-delegation-off = vuelve a encargarse de los usuarios de su empresa
