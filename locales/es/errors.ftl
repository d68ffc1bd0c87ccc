# What a person is told when something did not happen, and what to do next.

error-not-found = { $kind ->
    [invitation] No se ha encontrado la invitación.
    [link] No se ha encontrado el enlace.
    [portal] No se ha encontrado el portal.
    [account] No se ha encontrado la cuenta de cliente.
    [page] No se ha encontrado esta página.
   *[other] No se ha encontrado lo que buscaba.
} Es posible que se haya eliminado o que la dirección contenga un error.
error-sign-in-needed = Inicie sesión para continuar.
error-forbidden = No tiene permiso para hacer esto.
error-conflict = Otra persona ha cambiado estos datos mientras usted trabajaba en ellos. Consulte su estado actual y repita su cambio.
error-crossed = Otra persona estaba cambiando los mismos datos en ese momento. No se ha cambiado nada; inténtelo de nuevo.
error-too-many-seconds = Demasiados intentos. Inténtelo de nuevo dentro de { $count ->
    [one] un segundo
   *[other] { $count } segundos
}.
error-too-many-minutes = Demasiados intentos. Inténtelo de nuevo dentro de { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}.
error-busy-seconds = El servidor está ocupado. Inténtelo de nuevo dentro de { $count ->
    [one] un segundo
   *[other] { $count } segundos
}.
error-busy-minutes = El servidor está ocupado. Inténtelo de nuevo dentro de { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}.
error-away = No se puede acceder a la base de datos. No se ha perdido nada; inténtelo de nuevo en un momento.
error-full = No queda espacio para guardar los datos. No se ha cambiado nada; inténtelo de nuevo más tarde.
error-bad-request = No se puede procesar esta solicitud. Vuelva atrás, recargue la página e inténtelo de nuevo.
error-too-large = Es demasiado grande. Envíe menos de una vez.
error-internal = Se ha producido un error por nuestra parte. No se ha cambiado nada; inténtelo de nuevo y avise al administrador si vuelve a ocurrir.

heading-not-found = No lo encontramos
heading-sign-in = Inicie sesión para continuar
heading-forbidden = No tiene permiso para abrir esto
heading-shut = En este momento no tiene acceso
heading-unusable = Estos datos no se pueden procesar
heading-refused = Ahora no es posible
heading-conflict = Otra persona se ha adelantado
heading-too-many = Demasiados intentos
heading-busy = El servidor está ocupado
heading-away = Volvemos en un momento
heading-full = No queda espacio
heading-too-large = Es demasiado grande
heading-internal = Se ha producido un error por nuestra parte

# A closed gate
shut-stranger = Ha iniciado sesión, pero no está vinculado a ninguna cuenta de cliente de { $business }. Pida a { $business } que le invite.
shut-portal-off = El portal de clientes de { $business } está desactivado en este momento. Inténtelo más tarde o consulte a la empresa.
shut-disabled = Su acceso al portal de { $business } está desactivado. Pida a la empresa que lo vuelva a activar.
shut-disabled-by-client = Una persona que gestiona los usuarios de { $client } ha desactivado su acceso al portal de { $business }. Pida a un Global Admin de { $client } que lo vuelva a activar.
shut-unlinked = Ya no está vinculado a esta cuenta de cliente. Consulte a { $business } si cree que se trata de un error.
shut-closed = Esta cuenta de cliente se ha cerrado. Consulte a { $business } si todavía necesita algo de ella.
shut-sign-in-again = Vuelva a iniciar sesión en el portal de { $business }.
portal-off-now = El portal de clientes está desactivado en este momento. Inténtelo más tarde.

# What was typed; $what is a kind of field
text-missing = { $what ->
    [description] Introduzca la descripción.
    [group] Introduzca el nombre del grupo.
    [reference] Introduzca la referencia.
    [title] Introduzca el cargo.
    [extension] Introduzca la extensión.
    [reason] Introduzca el motivo.
    [email] Introduzca la dirección de correo electrónico.
    [phone] Introduzca el número de teléfono.
   *[name] Introduzca el nombre.
}
text-too-long = { $what ->
    [description] La descripción
    [group] El nombre del grupo
    [reference] La referencia
    [title] El cargo
    [extension] La extensión
    [reason] El motivo
    [email] La dirección de correo electrónico
    [phone] El número de teléfono
   *[name] El nombre
} supera los { $most } caracteres. Acorte el texto.
text-unreadable = { $what ->
    [description] La descripción
    [group] El nombre del grupo
    [reference] La referencia
    [title] El cargo
    [extension] La extensión
    [reason] El motivo
    [email] La dirección de correo electrónico
    [phone] El número de teléfono
   *[name] El nombre
} contiene un carácter que no se puede mostrar. Escríbalo de nuevo en lugar de pegarlo.
text-not-an-email = Introduzca una dirección de correo electrónico como nombre@example.com.
text-not-a-phone = Introduzca un número de teléfono solo con cifras, espacios y + - ( ).
text-no-address-in-name = No incluya direcciones web en el nombre: nada como «ejemplo.es», ni «://», ni palabras que empiecen por «www.». Después de un punto en un nombre, deje un espacio.

password-too-short = Utilice al menos { $least } caracteres. Cuatro o cinco palabras sin relación entre sí son fáciles de recordar y difíciles de adivinar.
password-too-long = Utilice como máximo { $most } caracteres.
password-own-words = Evite los nombres, su dirección de correo y el nombre de la empresa: es lo primero que se prueba. Utilice varias palabras sin relación entre sí.
password-easy = Esta contraseña es fácil de adivinar. Utilice varias palabras sin relación entre sí, sin frases conocidas, fechas ni repeticiones.
password-same = La contraseña nueva es igual que la actual. Elija otra.
password-not-current = Esa no es su contraseña actual. Escríbala de nuevo.
session-gone = Esa sesión ya no existe. No se ha cambiado nada.

sign-in-refused = Ese correo electrónico y esa contraseña no corresponden a ninguna cuenta, o la cuenta no puede iniciar sesión aquí. Compruebe ambos e inténtelo de nuevo, o establezca una contraseña nueva con «¿Ha olvidado su contraseña?».
link-used = Este enlace ya se ha utilizado. Inicie sesión con la contraseña que estableció o solicite un enlace nuevo.
link-expired = Este enlace ha caducado. Solicite uno nuevo.
link-ended = Este enlace ya no es válido: se envió uno más reciente o se cambió la contraseña. Solicite uno nuevo.

invitation-expired = Esta invitación ha caducado. Solicite una nueva.
invitation-used = Esta invitación ya se ha utilizado. Si fue usted, inicie sesión.
invitation-withdrawn = Esta invitación se ha retirado. Consulte a la empresa si cree que se trata de un error.
invitation-replaced = Se envió una invitación más reciente. Utilice el enlace del último correo.
invitation-not-good = Esta invitación ya no es válida. Pida una nueva a la empresa.
invitation-portal-off = El portal de clientes de { $business } está desactivado en este momento. Su invitación sigue siendo válida; inténtelo más tarde.
invitation-has-account = Ya existe una cuenta con esta dirección. Inicie sesión para aceptar la invitación.
invitation-already-connected = Esta cuenta ya está vinculada a { $client }. Inicie sesión para verla.
invitation-removed-since = Su acceso al portal de { $business } se retiró después de enviarse esta invitación. Pida una nueva a la empresa.
invitation-ask-business = No se puede enviar una invitación nueva desde aquí. Pídala a la empresa.

terms-newer = Se acaba de publicar una versión nueva de las condiciones. Léala y acéptela.
terms-already = Ya ha aceptado estas condiciones.
terms-tick = Marque la casilla para aceptar las condiciones, o rechácelas y cierre la sesión.

change-expired = Nadie confirmó este cambio a tiempo, por lo que no se ha cambiado nada.
change-done = Este cambio ya se confirmó y se realizó. No queda nada por hacer.
change-declined = Este cambio se rechazó, por lo que no se ha cambiado nada.
change-withdrawn = Este cambio se retiró, por lo que no hay nada que confirmar.
change-replaced = Se solicitó un cambio más reciente. Utilice el enlace del último correo.
change-overtaken = La dirección de correo de la cuenta se ha cambiado después, por lo que este enlace ya no es válido.
change-agreed = Ya lo ha confirmado. Para terminar, siga el enlace del correo enviado a la dirección nueva.
change-not-agreed = La persona debe aceptar primero desde su dirección actual. Después recibirá usted un enlace nuevo.
change-taken = Ahora existe otra cuenta con esta dirección, por lo que no se ha cambiado nada. Inicie sesión en esa cuenta.
