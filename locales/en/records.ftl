# What a business shares with a client: lists, one record, its files.

bookings = Bookings
invoices = Invoices
dockets = Dockets
statements = Statements
documents = Documents
booking-numbered = Booking { $number }
invoice-numbered = Invoice { $number }
docket-numbered = Docket { $number }
statement-numbered = Statement { $number }
document-numbered = Document { $number }

stage-planned = Planned
stage-confirmed = Confirmed
stage-completed = Completed
stage-open = Open
stage-paid = Paid
stage-signed = Signed
stage-issued = Issued
stage-cancelled = Cancelled
stage-overdue = Overdue

day-date = Date
day-until = Until
day-issued = Issued
day-due = Due
day-from = From
day-to = To

records-number = Number
records-title = Description
records-state = State
records-amount = Amount
records-find = Find by number or description
records-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
records-count-more = { $count }+ entries
records-moved = This part of the list has moved
records-moved-text = What was here has changed meanwhile.
records-first-page = Go to the first page
records-nothing-fits = Nothing fits
records-nothing-fits-text = Nothing matches what you typed and the filters in use.
records-show-all = Show everything

record-files = Files
record-download = Download

home-needs = { $count ->
    [one] One thing needs you
   *[other] { $count } things need you
}
home-invoice-due = { $invoice } is due on { $day }
home-invoice-overdue = { $invoice } was due on { $day }
home-coming-up = Coming up
home-recent-invoices = Recent invoices
home-latest-dockets = Latest dockets
home-latest-statements = Latest statements
home-latest-documents = Latest documents
home-all-bookings = All bookings
home-all-invoices = All invoices
home-all-dockets = All dockets
home-all-statements = All statements
home-all-documents = All documents

mails-title = Mail you get
mails-lede = { $business } mails you when something of these is shared with you.
mails-lede-client-html = { $business } mails <b>{ $email }</b> when something of these is shared with { $client }.
mails-not-yours = What you choose here is about mail to { $email } alone.
mails-about = Mail about
mails-access-stays = Whatever you choose here, your access to the portal stays as it is.
mails-save = Save choice
mails-saved = Your choice is saved
