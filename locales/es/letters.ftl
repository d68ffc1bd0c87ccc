# Mail. Each is plain text; the names are of people, clients and businesses.

letter-hello = Hola, { $name }:
letter-hello-nobody = Hola:
letter-copy-link = Si el botón no funciona, copie esta dirección en su navegador:
letter-questions = ¿Tiene preguntas?
letter-why-contact = Recibe este correo porque { $business } tiene { $email } registrado como contacto de { $client }.
letter-why-sign-in = Recibe este correo porque inicia sesión con { $email }.
letter-link-until = El enlace es válido una sola vez, hasta el { $until }.

letter-invitation = { $business } le invita a su portal de clientes
letter-invitation-by = { $name }, de { $business }, le invita al portal de clientes, donde encontrará todo lo que se comparte con { $client }.
letter-invitation-by-business = { $business } le invita al portal de clientes, donde encontrará todo lo que se comparte con { $client }.
letter-invitation-follow = Siga el enlace para entrar. Elegirá su propia contraseña o, si ya tiene una, iniciará sesión.
letter-invitation-accept = Aceptar la invitación
letter-invitation-until = La invitación es solo para usted, sirve una sola vez y es válida hasta el { $until }. Después, pida una nueva a { $business }.
letter-invitation-leave = Si no la esperaba, puede ignorarla: no ocurre nada a menos que la acepte.
letter-temporary-sign-in = Inicie sesión con { $email } y esta contraseña temporal:
letter-temporary-then = Después elegirá su propia contraseña.
letter-temporary-button = Iniciar sesión
letter-temporary-until = La contraseña temporal sirve una sola vez, durante { $hours } horas. Después, pida una invitación nueva a { $business }.
letter-temporary-leave = Si no la esperaba, puede ignorarla: no ocurre nada a menos que inicie sesión.

letter-other = Su invitación de { $business } se aceptó con otra dirección
letter-other-text = La invitación enviada a { $email } la aceptó el { $when } alguien que inició sesión como { $other }.
letter-other-you = Si fue usted, todo está en orden. Si no conoce esa dirección, avise enseguida a { $business } para que pueda cerrar este acceso.
letter-other-why = Recibe este correo porque la invitación iba dirigida a { $email }.

letter-reset = Establezca una contraseña nueva
letter-reset-portal = Se ha solicitado un enlace para establecer una contraseña nueva en el portal de clientes de { $business }. Si fue usted, elija una ahora.
letter-reset-console = Se ha solicitado un enlace para establecer una contraseña nueva en la consola de { $business }. Si fue usted, elija una ahora.
letter-reset-once = El enlace es válido una sola vez, durante una hora. Si ha caducado, solicite otro donde inicia sesión.
letter-reset-leave = Si no fue usted, puede ignorar este correo: su contraseña sigue siendo la misma.
letter-reset-why = Recibe este correo porque se solicitó una contraseña nueva con { $email }.

letter-refused = Su solicitud de acceso al portal de clientes de { $business }
letter-refused-text = El { $when } solicitó acceso al portal de clientes de { $business }. No se pudo relacionar su solicitud con nadie de sus registros, por lo que no se creó ningún acceso.
letter-refused-next = Si debería tener acceso, solicítelo con el correo y la referencia con los que le conocen, o pida a quien gestiona el portal en su empresa que le añada.
letter-refused-leave = Si no fue usted quien lo solicitó, puede ignorar este correo: no ha ocurrido nada.
letter-refused-why = Recibe este correo porque se solicitó acceso con { $email }.

letter-password = Su contraseña se ha cambiado
letter-password-portal = La contraseña con la que inicia sesión en el portal de clientes de { $business } se cambió el { $when }.
letter-password-console = La contraseña con la que inicia sesión en la consola de { $business } se cambió el { $when }.
letter-password-wrong-portal = Si fue usted, todo está en orden. Si no, establezca enseguida una nueva y avise a { $business }.
letter-password-wrong-console = Si fue usted, todo está en orden. Si no, establezca enseguida una nueva y avise a quien gestiona el personal.
letter-password-button = Establecer una contraseña nueva

letter-renamed = Su nombre se ha cambiado
letter-renamed-text = El nombre de su cuenta es { $name } desde el { $when }, a petición de { $business }.
letter-renamed-wrong = Si no es correcto, comuníquelo a la empresa.

letter-change = { $business } le pide que confirme un cambio
letter-change-name = { $name }, de { $business }, solicita cambiar el nombre de su cuenta a { $to }.
letter-change-name-then = No cambia nada a menos que lo confirme.
letter-change-email = { $name }, de { $business }, solicita cambiar el correo con el que inicia sesión a { $to }.
letter-change-email-then = No cambia nada a menos que lo confirme. La dirección nueva también debe confirmarlo; después iniciará sesión con ella.
letter-change-button = Ver el cambio
letter-change-leave = Si no lo desea, rechácelo en la página o ignore este correo.

letter-address = Confirme su dirección de correo nueva
letter-address-text = { $name }, de { $business }, ha solicitado que inicie sesión con { $to } en lugar de { $from }.
letter-address-then = En cuanto lo confirme, se aplicará la dirección nueva. Se cerrará su sesión en todas partes; su contraseña sigue siendo la misma.
letter-address-button = Confirmar esta dirección
letter-address-leave = Si no sabe nada de esto, puede ignorarlo: no ocurre nada a menos que lo confirme.
letter-address-why = Recibe este correo porque se indicó { $email } a { $business } como dirección nueva de { $name }.
letter-taken = Ya existe una cuenta con esta dirección
letter-taken-text = { $by }, de { $business }, ha solicitado que { $name } inicie sesión con { $email }. Ya existe una cuenta con esa dirección, por lo que no se ha cambiado nada.
letter-taken-both = Si ambas son suyas, inicie sesión con la cuenta que tiene esta dirección y pida que la inviten.

letter-changing = Se ha solicitado una dirección de correo nueva
letter-changing-text = { $name }, de { $business }, ha solicitado que inicie sesión con { $to }. Se aplicará cuando se confirme desde allí; hasta entonces sigue siendo { $from }.
letter-changing-wrong = Si no es correcto, avise enseguida a { $business }.

letter-changed = La dirección con la que inicia sesión se ha cambiado
letter-changed-text = Desde el { $when } inicia sesión en el portal de clientes de { $business } con { $to } y ya no con { $from }. Se ha cerrado su sesión en todas partes.
letter-changed-wrong = Si no fue usted, avise enseguida a { $business }.
letter-changed-why = Recibe este correo porque iniciaba sesión con { $email }.
letter-address-own = Ha solicitado iniciar sesión en { $business } con { $to } en lugar de { $from }.
letter-taken-own = { $name } ha solicitado iniciar sesión en el portal de clientes de { $business } con { $email }. Ya existe una cuenta con esa dirección, por lo que no se ha cambiado nada.
letter-changing-own = Alguien que ha iniciado sesión en su cuenta y conoce su contraseña ha solicitado que inicie sesión con { $to }. Se aplicará cuando se confirme desde allí; hasta entonces sigue siendo { $from }.
letter-changing-wrong-own = Si no fue usted, establezca enseguida una contraseña nueva: se cerrarán todas las sesiones y no cambiará nada.

# Lo que se ha compartido, y qué correos quiere alguien.
letter-shared-one = { $business } ha compartido algo con usted: { $record }
letter-shared-several = { $business } ha compartido { $count ->
    [one] { $count } elemento
   *[other] { $count } elementos
} con usted
letter-shared-text = { $count ->
    [one] { $business } ha compartido esto con { $client }:
   *[other] { $business } ha compartido estos elementos con { $client }:
}
letter-shared-more = { $count ->
    [one] Y { $count } más.
   *[other] Y { $count } más.
}
letter-shared-open = Abrir: { $record }
letter-shared-open-all = Abrir el portal de clientes
letter-shared-why = Recibe este correo porque { $business } tiene { $email } registrado como contacto de { $client }.
letter-choice = Elegir qué correos recibe
