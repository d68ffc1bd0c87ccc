# The portal: its door, and its home.

portal-home-of = { $business } client portal, home
portal-main = Main
portal-account = Client account:
portal-accounts-with = Your accounts with { $business }
portal-your-account = Your account: { $name }
back-to-portal = Back to the portal
to-the-portal = Go to the portal
# followed by an address or a number
questions-ask = Questions? Ask { $business }:

role-member = Member
role-group-manager = Group Manager
role-global-admin = Global Admin

field-email = Email
field-password = Password
field-new-password = New password
field-current-password = Current password
field-first-name = First name
field-last-name = Last name

sign-in = Sign in
sign-in-busy = Signing in…
sign-in-welcome = The client portal of { $business }.
sign-in-check = Check the email and the password.
sign-in-back = Back to sign-in
sign-in-no-account-html = No account yet? <a href="{ $href }">Ask for access</a>
signed-out = You’re signed out

forgotten = Forgotten your password?
forgotten-page = Forgotten password
forgotten-lede = Enter the email you sign in with. We’ll mail you a link to choose a new password.
forgotten-mail = Mail me a link
forgotten-sent = Check your mail
forgotten-sent-text = If that email has an account here, a link to choose a new password is on its way. It works once, for one hour.
forgotten-sent-junk = Nothing after a few minutes? Look in your junk folder, or check the email and ask again.
forgotten-again = Ask again

reset-for-html = For <b>{ $email }</b>. You’ll be signed out everywhere else.
reset-set = Set new password
reset-again = Ask for a new link
reset-done = Your new password is set
reset-done-text = Sign in with it. You’ve been signed out everywhere else.
link-used-title = This link has been used
link-expired-title = This link has expired
link-ended-title = This link no longer works

ask-title = Ask for access
ask-lede = For people who work with us and have no invitation yet. Use the email address that we know you by.
ask-reference = Client reference
ask-reference-hint = You find it on our letters and invoices.
ask-name = Your name
ask-done = Your request is in
ask-done-text = If the email and the reference match what we have on record, an invitation is on its way to that email. Otherwise somebody looks at your request.
ask-done-junk = Nothing after a few minutes? Look in your junk folder. You need not ask again.

password-hint = At least 15 characters. Four unrelated words work well.
password-choose = Choose your password
password-choose-text = The temporary password has worked and no longer does. From now on you sign in with one that only you know.
password-choose-new = Choose a new password
password-due-html = { $business } asked you to change your password before you go on. It has been due since { $date }.
password-change-yours = Change your password
password-change-text = You’ll stay signed in here, and be signed out everywhere else.
password-change = Change password
password-set = Set password
password-sign-out = Sign out instead
password-changed = Your password is changed
password-changed-text = You’re signed out everywhere else.

terms = Terms and conditions
terms-version = Terms and conditions, version { $version }
terms-please-html = { $business } asks you to read and accept these before you go on. Version { $version }, from <span class="nowrap">{ $date }</span>.
terms-updated = We’ve updated our terms
terms-updated-html = Version { $version }, from <span class="nowrap">{ $date }</span>. You accepted version { $older } on { $accepted }.
terms-accepted = Terms you accepted
terms-accepted-html = Version { $version }. You accepted it on { $accepted }.
terms-agree = I have read and accept the terms, version { $version }
terms-agree-hint = We record your name, the time and the version you accepted.
terms-accept = Accept and continue
terms-decline = Decline and sign out

invitation-title = Accept your invitation
invitation-by = { $name } at { $business } invited you
invitation-by-business = { $business } invited you
invitation-join = Join the portal for { $client }
invitation-see = See what { $business } shares with { $client }
invitation-own-sign-in = Your own sign-in, with a password that only you know
invitation-email-hint = The invitation was sent here, so this is what you sign in with.
invitation-password = Create a password
invitation-create = Create my account
invitation-create-busy = Creating your account…
invitation-next-terms = Next: read and accept the terms.
invitation-once-html = This link works once and expires on { $date }.
invitation-known = You already have an account with this email. Sign in to add { $client } to it.
invitation-known-other = Sign in to the account that you already have, and { $client } is added to it. We’ll let the invited email know.
invitation-sign-in = Sign in and accept
invitation-signed-in-html = You’re signed in as <b>{ $name }</b>
invitation-accept = Accept the invitation
invitation-accept-busy = Accepting…
invitation-somebody-else = You’re signed in as somebody else
invitation-invited-html = Invited: <b>{ $email }</b>
invitation-signed-in-as-html = Signed in: { $name }, <b>{ $email }</b>
invitation-accept-as = Accept as { $name }
invitation-accept-as-text = Adds { $client } to the account you’re signed in with. We’ll let the invited email know.
invitation-sign-out = Sign out and use the invited email
invitation-sign-out-text = Brings you back to this page.
invitation-was-for-html = It was for the portal of { $client }, and worked until { $date }.
invitation-new-to-html = A new one goes to <b>{ $email }</b>
invitation-ask-again = Ask for a new one
invitation-have-account-html = Already have an account? <a href="{ $href }">Sign in and add { $client } to it</a>
invitation-no-account-html = No account yet? <a href="{ $href }">Create one for { $email }</a>
invitation-not-now-title = This invitation can’t be accepted now
invitation-expired-title = This invitation has expired
invitation-expired-text = Its link opens nothing any more. Ask { $business } for a new invitation, or ask for access below.
invitation-used-title = This invitation has been used
invitation-used-text = The link works once. If it was you, sign in to go on; if it wasn’t, tell { $business }.
invitation-withdrawn-title = This invitation was withdrawn
invitation-withdrawn-text = Its link opens nothing any more. If you think that is a mistake, ask { $business }, or ask for access below.
invitation-replaced-title = A newer invitation was sent
invitation-replaced-text = Only the newest link works: open the one in the latest mail.
invitation-not-accepted = The invitation wasn’t accepted
invitation-on-its-way = A new invitation is on its way
invitation-on-its-way-text = Open the link in the latest mail.

confirm-asks = { $name } at { $business } asks
confirm-now = Now
confirm-new = New
confirm-busy = Confirming…
confirm-yes = Yes, change it
confirm-no = No, leave it as it is
confirm-name = Change your name?
confirm-name-then = It changes at once, wherever you use this account.
confirm-email = Change the email you sign in with?
confirm-email-then = The new address is asked to confirm it, too. Until then nothing changes.
confirm-address = Confirm your new email
confirm-address-then = From then on you sign in with it, everywhere you use this account. Your password stays, and you’ll be signed out everywhere.
confirm-address-yes = Confirm this email
confirm-over = There is nothing to confirm
confirm-renamed = Your name is changed
confirm-renamed-text = There is nothing else to do.
confirm-asked = One more step
confirm-asked-text = A link is on its way to the new address. Follow it there, and the change is made.
confirm-person = One more step
confirm-person-text = The person has to agree first: a link is on its way to the address they sign in with now. Then a new one comes to the new address.
confirm-moved = Your new email is confirmed
confirm-moved-text = Sign in with it from now on; your password is the same. You’ve been signed out everywhere.
confirm-declined = All stays as it is
confirm-declined-text = Nothing was changed, and { $business } sees that you said no.

home = Home
home-hello = Hello, { $name }
home-closing = This client account is closing
home-closing-html = { $business } has closed it. You can still look at what was shared until { $date }.
home-shared = Shared with you
home-nothing = Nothing shared yet
home-nothing-text = When { $business } shares something with { $client }, it appears here.
home-other-accounts = Your other accounts
home-turn-to = Who to turn to
home-turn-to-usual = Ask the people you usually deal with.
home-access = Your access
home-role = Your role
home-group = Your group
home-sign-in-as = You sign in as

unconnected = You’re signed in, but not connected to a client account
unconnected-next = What you can do
unconnected-html = Ask { $business } to invite <b>{ $email }</b> again. Your sign-in stays yours: once you’re connected, you see what is shared with you here.
unconnected-turn-to = Turn to the people you usually deal with.

accounts = Your client accounts
accounts-lede = Everything that { $business } shares with you, account by account.
accounts-find = Find a client account
accounts-all = All your client accounts
accounts-elsewhere = Your other portals
accounts-none = No client account has a name like that
accounts-none-text = Try another part of the name.
accounts-more = Show more
