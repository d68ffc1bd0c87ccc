# The portal: its door, and its home.

portal-home-of = Portal de clientes de { $business }, inicio
portal-main = Navegación principal
portal-account = Cuenta de cliente:
portal-accounts-with = Sus cuentas con { $business }
portal-your-account = Su cuenta: { $name }
back-to-portal = Volver al portal
to-the-portal = Ir al portal
# followed by an address or a number
questions-ask = ¿Tiene preguntas? Consulte a { $business }:

role-member = Miembro
role-group-manager = Group Manager
role-global-admin = Global Admin

field-email = Correo electrónico
field-password = Contraseña
field-new-password = Contraseña nueva
field-current-password = Contraseña actual
field-first-name = Nombre
field-last-name = Apellidos

sign-in = Iniciar sesión
sign-in-busy = Iniciando sesión…
sign-in-welcome = El portal de clientes de { $business }.
sign-in-check = Compruebe el correo electrónico y la contraseña.
sign-in-back = Volver al inicio de sesión
sign-in-no-account-html = ¿Aún no tiene cuenta? <a href="{ $href }">Solicitar acceso</a>
signed-out = Ha cerrado la sesión

forgotten = ¿Ha olvidado su contraseña?
forgotten-page = Contraseña olvidada
forgotten-lede = Introduzca el correo electrónico con el que inicia sesión. Le enviaremos un enlace para elegir una contraseña nueva.
forgotten-mail = Enviarme un enlace
forgotten-sent = Revise su correo
forgotten-sent-text = Si existe aquí una cuenta con ese correo, le llegará un enlace para elegir una contraseña nueva. Es válido una sola vez, durante una hora.
forgotten-sent-junk = ¿No ha llegado nada después de unos minutos? Mire en la carpeta de correo no deseado, o compruebe la dirección y solicítelo de nuevo.
forgotten-again = Solicitar de nuevo

reset-for-html = Para <b>{ $email }</b>. Se cerrará su sesión en todos los demás dispositivos.
reset-set = Establecer la contraseña nueva
reset-again = Solicitar un enlace nuevo
reset-done = Su contraseña nueva está establecida
reset-done-text = Inicie sesión con ella. Se ha cerrado su sesión en todos los demás dispositivos.
link-used-title = Este enlace ya se ha utilizado
link-expired-title = Este enlace ha caducado
link-ended-title = Este enlace ya no es válido

ask-title = Solicitar acceso
ask-lede = Para quienes trabajan con nosotros y aún no tienen invitación. Utilice la dirección de correo con la que le conocemos.
ask-reference = Referencia de cliente
ask-reference-hint = La encontrará en nuestras cartas y facturas.
ask-name = Su nombre
ask-done = Hemos recibido su solicitud
ask-done-text = Si el correo y la referencia coinciden con nuestros datos, le llegará una invitación a esa dirección. De lo contrario, alguien revisará su solicitud.
ask-done-junk = ¿No ha llegado nada después de unos minutos? Mire en la carpeta de correo no deseado. No hace falta que lo solicite de nuevo.

password-hint = Al menos 15 caracteres. Cuatro palabras sin relación entre sí funcionan bien.
password-choose = Elija su contraseña
password-choose-text = La contraseña temporal ya ha cumplido su función y no es válida. A partir de ahora, inicia sesión con una que solo usted conoce.
password-choose-new = Elija una contraseña nueva
password-due-html = { $business } le pide que cambie su contraseña antes de continuar. El cambio está pendiente desde el { $date }.
password-change-yours = Cambiar su contraseña
password-change-text = Seguirá con la sesión iniciada aquí y se cerrará en todos los demás dispositivos.
password-change = Cambiar la contraseña
password-set = Establecer la contraseña
password-sign-out = Cerrar sesión en su lugar
password-changed = Su contraseña se ha cambiado
password-changed-text = Se ha cerrado su sesión en todos los demás dispositivos.

terms = Términos y condiciones
terms-version = Términos y condiciones, versión { $version }
terms-please-html = { $business } le pide que lea y acepte estas condiciones antes de continuar. Versión { $version }, del <span class="nowrap">{ $date }</span>.
terms-updated = Hemos actualizado nuestras condiciones
terms-updated-html = Versión { $version }, del <span class="nowrap">{ $date }</span>. Aceptó la versión { $older } el { $accepted }.
terms-accepted = Condiciones que ha aceptado
terms-accepted-html = Versión { $version }. La aceptó el { $accepted }.
terms-agree = He leído y acepto las condiciones, versión { $version }
terms-agree-hint = Guardamos su nombre, la fecha y la versión que ha aceptado.
terms-accept = Aceptar y continuar
terms-decline = Rechazar y cerrar sesión

invitation-title = Aceptar su invitación
invitation-by = { $name }, de { $business }, le ha invitado
invitation-by-business = { $business } le ha invitado
invitation-join = Únase al portal de { $client }
invitation-see = Consulte lo que { $business } comparte con { $client }
invitation-own-sign-in = Su propio acceso, con una contraseña que solo usted conoce
invitation-email-hint = La invitación se envió a esta dirección; con ella iniciará sesión.
invitation-password = Cree una contraseña
invitation-create = Crear mi cuenta
invitation-create-busy = Creando su cuenta…
invitation-next-terms = A continuación: lea y acepte las condiciones.
invitation-once-html = Este enlace es válido una sola vez y caduca el { $date }.
invitation-known = Ya tiene una cuenta con este correo. Inicie sesión para añadirle { $client }.
invitation-known-other = Inicie sesión en la cuenta que ya tiene para añadirle { $client }. Informaremos a la dirección invitada.
invitation-sign-in = Iniciar sesión y aceptar
invitation-signed-in-html = Ha iniciado sesión como <b>{ $name }</b>
invitation-accept = Aceptar la invitación
invitation-accept-busy = Aceptando…
invitation-somebody-else = Ha iniciado sesión con otra cuenta
invitation-invited-html = Invitación para: <b>{ $email }</b>
invitation-signed-in-as-html = Sesión iniciada: { $name }, <b>{ $email }</b>
invitation-accept-as = Aceptar como { $name }
invitation-accept-as-text = Añade { $client } a la cuenta con la que ha iniciado sesión. Informaremos a la dirección invitada.
invitation-sign-out = Cerrar sesión y usar el correo invitado
invitation-sign-out-text = Después volverá a esta página.
invitation-was-for-html = Era para el portal de { $client } y fue válida hasta el { $date }.
invitation-new-to-html = Se enviará una nueva a <b>{ $email }</b>
invitation-ask-again = Solicitar una nueva
invitation-have-account-html = ¿Ya tiene una cuenta? <a href="{ $href }">Inicie sesión y añádale { $client }</a>
invitation-no-account-html = ¿Aún no tiene cuenta? <a href="{ $href }">Cree una para { $email }</a>
invitation-not-now-title = Esta invitación no se puede aceptar ahora
invitation-expired-title = Esta invitación ha caducado
invitation-expired-text = Su enlace ya no abre nada. Pida una nueva invitación a { $business } o solicite acceso más abajo.
invitation-used-title = Esta invitación ya se ha utilizado
invitation-used-text = El enlace funciona una sola vez. Si fue usted, inicie sesión para continuar; si no, avise a { $business }.
invitation-withdrawn-title = Esta invitación se ha retirado
invitation-withdrawn-text = Su enlace ya no abre nada. Si cree que se trata de un error, consulte a { $business } o solicite acceso más abajo.
invitation-replaced-title = Se envió una invitación más reciente
invitation-replaced-text = Solo funciona el enlace más reciente: abra el del último correo.
invitation-not-accepted = La invitación no se ha aceptado
invitation-on-its-way = Hay una invitación nueva en camino
invitation-on-its-way-text = Abra el enlace del último correo.

confirm-asks = { $name }, de { $business }, solicita
confirm-now = Ahora
confirm-new = Nuevo
confirm-busy = Confirmando…
confirm-yes = Sí, cambiar
confirm-no = No, dejarlo como está
confirm-name = ¿Cambiar su nombre?
confirm-name-then = Cambia de inmediato en todos los lugares donde utiliza esta cuenta.
confirm-email = ¿Cambiar el correo con el que inicia sesión?
confirm-email-then = La dirección nueva también debe confirmarlo. Hasta entonces no cambia nada.
confirm-address = Confirme su correo nuevo
confirm-address-then = A partir de entonces iniciará sesión con él en todos los lugares donde utiliza esta cuenta. Su contraseña no cambia y se cerrará su sesión en todas partes.
confirm-address-yes = Confirmar este correo
confirm-over = No hay nada que confirmar
confirm-renamed = Su nombre se ha cambiado
confirm-renamed-text = No hay nada más que hacer.
confirm-asked = Un paso más
confirm-asked-text = Hay un enlace en camino a la dirección nueva. Sígalo allí para completar el cambio.
confirm-person = Un paso más
confirm-person-text = La persona debe aceptar primero: hay un enlace en camino a la dirección con la que inicia sesión ahora. Después llegará uno nuevo a la dirección nueva.
confirm-moved = Su correo nuevo está confirmado
confirm-moved-text = Inicie sesión con él a partir de ahora; su contraseña es la misma. Se ha cerrado su sesión en todas partes.
confirm-declined = Todo queda como está
confirm-declined-text = No se ha cambiado nada, y { $business } ve que usted lo ha rechazado.

home = Inicio
home-hello = Hola, { $name }
home-closing = Esta cuenta de cliente se está cerrando
home-closing-html = { $business } la ha cerrado. Puede seguir consultando lo compartido hasta el { $date }.
home-shared = Compartido con usted
home-nothing = Aún no hay nada compartido
home-nothing-text = Cuando { $business } comparta algo con { $client }, aparecerá aquí.
home-other-accounts = Sus otras cuentas
home-turn-to = A quién dirigirse
home-turn-to-usual = Consulte a las personas con las que trata habitualmente.
home-access = Su acceso
home-role = Su función
home-group = Su grupo
home-sign-in-as = Inicia sesión como

unconnected = Ha iniciado sesión, pero no está vinculado a ninguna cuenta de cliente
unconnected-next = Qué puede hacer
unconnected-html = Pida a { $business } que vuelva a invitar a <b>{ $email }</b>. Su acceso sigue siendo suyo: en cuanto esté vinculado, verá aquí lo que se comparte con usted.
unconnected-turn-to = Consulte a las personas con las que trata habitualmente.

accounts = Sus cuentas de cliente
accounts-lede = Todo lo que { $business } comparte con usted, cuenta por cuenta.
accounts-find = Buscar una cuenta de cliente
accounts-all = Todas sus cuentas de cliente
accounts-elsewhere = Sus otros portales
accounts-none = Ninguna cuenta de cliente se llama así
accounts-none-text = Pruebe con otra parte del nombre.
accounts-more = Mostrar más
