# A person's own profile and security.

profile = Perfil y seguridad
profile-lede = Esta es su propia cuenta. Es la misma para todas las cuentas de cliente a las que está vinculado.
profile-details = Sus datos
field-title = Cargo
field-cell-phone = Teléfono móvil
field-office-phone = Teléfono de la oficina
field-extension = Extensión
profile-businesses-see = Las empresas a las que está vinculado ven sus cambios y actualizan sus registros después de comprobarlos.
profile-save = Guardar los datos
profile-saved = Sus datos se han guardado
profile-as-before = No hay nada que guardar: todo sigue igual

profile-email = Correo con el que inicia sesión
profile-email-now-html = Inicia sesión con <b>{ $email }</b>.
profile-email-new = Correo nuevo
profile-email-hint = Le enviaremos un enlace y no cambiaremos nada hasta que lo haya seguido.
profile-email-password-hint = Para que nadie más lo cambie.
profile-email-change = Cambiar el correo
profile-email-waiting-html = <b>{ $email }</b> está pendiente de confirmación: siga el enlace del correo enviado allí, hasta el { $until }.
profile-email-withdraw = Retirar el cambio
profile-email-withdrawn = Cambio retirado: seguirá iniciando sesión con su dirección actual
profile-email-asked = Un paso más
profile-email-asked-text = Hemos enviado un enlace a { $email }. Sígalo allí para completar el cambio.
profile-email-same = Ya inicia sesión con este correo.
profile-email-over = Ese cambio ya ha terminado. No se ha cambiado nada.
change-too-often = Ya se ha pedido confirmación a { $email } { $most } veces en las últimas 24 horas. Inténtelo de nuevo mañana.
change-enough = Ya se han solicitado { $most } cambios en las últimas 24 horas. Inténtelo de nuevo mañana.

profile-password-since = Establecida el { $date }.
profile-password-text = Si la cambia, se cerrará su sesión en todos los demás dispositivos.

profile-language = Idioma de las páginas y los correos
profile-language-hint = Va con su cuenta, en todos sus dispositivos.
profile-language-save = Guardar el idioma

profile-sessions = Dónde tiene la sesión iniciada
profile-this-device = Este dispositivo
profile-device = { $browser } en { $system }
profile-device-unknown = Dispositivo desconocido
profile-session-html = { $address }, último uso el { $date }
profile-sign-out-elsewhere = Cerrar sesión en todos los demás
profile-signed-out-elsewhere = Se ha cerrado su sesión en todos los demás dispositivos
profile-signed-out-there = Sesión cerrada en ese dispositivo

profile-data = Sus datos
profile-data-text = Su cuenta, sus sesiones, las condiciones que ha aceptado y las cuentas de cliente a las que está o estuvo vinculado, en un archivo (JSON).
profile-data-take = Descargar
profile-data-enough = Hoy ya ha descargado sus datos { $most } veces, que es el máximo. Vuelva a intentarlo mañana.
