# Lo que una empresa comparte con un cliente: listas, un elemento, sus archivos.

bookings = Reservas
invoices = Facturas
dockets = Albaranes
statements = Extractos
documents = Documentos
booking-numbered = Reserva { $number }
invoice-numbered = Factura { $number }
docket-numbered = Albarán { $number }
statement-numbered = Extracto { $number }
document-numbered = Documento { $number }

stage-planned = Prevista
stage-confirmed = Confirmada
stage-completed = Terminada
stage-open = Pendiente
stage-paid = Pagada
stage-signed = Firmado
stage-issued = Emitido
stage-cancelled = Anulado
stage-overdue = Vencida

day-date = Fecha
day-until = Hasta
day-issued = Emitida el
day-due = Vence el
day-from = Desde
day-to = Hasta

records-number = Número
records-title = Descripción
records-state = Estado
records-amount = Importe
records-find = Buscar por número o descripción
records-count = { $count ->
    [one] { $count } elemento
   *[other] { $count } elementos
}
records-count-more = Más de { $count } elementos
records-moved = Esta parte de la lista ya no está aquí
records-moved-text = Lo que había aquí ha cambiado mientras tanto.
records-first-page = Ir a la primera página
records-nothing-fits = Sin resultados
records-nothing-fits-text = Nada coincide con lo que ha escrito y los filtros elegidos.
records-show-all = Mostrar todo

record-files = Archivos
record-download = Descargar

home-needs = { $count ->
    [one] Un asunto le espera
   *[other] { $count } asuntos le esperan
}
home-invoice-due = { $invoice } vence el { $day }
home-invoice-overdue = { $invoice } venció el { $day }
home-coming-up = Próximamente
home-recent-invoices = Últimas facturas
home-latest-dockets = Últimos albaranes
home-latest-statements = Últimos extractos
home-latest-documents = Últimos documentos
home-all-bookings = Todas las reservas
home-all-invoices = Todas las facturas
home-all-dockets = Todos los albaranes
home-all-statements = Todos los extractos
home-all-documents = Todos los documentos

mails-title = Correos que recibe
mails-lede = { $business } le escribe cuando se comparte con usted algo de lo siguiente.
mails-lede-client-html = { $business } escribe a <b>{ $email }</b> cuando se comparte con { $client } algo de lo siguiente.
mails-not-yours = Lo que elija aquí afecta únicamente a los correos dirigidos a { $email }.
mails-about = Correos sobre
mails-access-stays = Elija lo que elija, su acceso al portal no cambia.
mails-save = Guardar elección
mails-saved = Su elección se ha guardado
