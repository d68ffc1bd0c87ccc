# What a person is told when something did not happen, and what to do next.

error-not-found = { $kind ->
    [invitation] The invitation
    [link] The link
    [portal] The portal
    [account] The client account
    [page] This page
   *[other] What you asked for
} was not found. It may have been removed, or the address may be mistyped.
error-sign-in-needed = Sign in to go on.
error-forbidden = You don’t have the permission for this.
error-conflict = Somebody else changed this while you were working on it. Look at what is there now, then make your change again.
error-crossed = Somebody else was changing the same things at the same moment. Nothing was changed; try again.
error-too-many-seconds = Too many attempts. Try again in { $count ->
    [one] a second
   *[other] { $count } seconds
}.
error-too-many-minutes = Too many attempts. Try again in { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
error-busy-seconds = The server is busy. Try again in { $count ->
    [one] a second
   *[other] { $count } seconds
}.
error-busy-minutes = The server is busy. Try again in { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
error-away = The database cannot be reached. Nothing was lost; try again in a moment.
error-full = There is no space left to save this. Nothing was changed. Ask whoever runs Vestibule to free some space, then try again.
error-bad-request = This request can’t be used. Go back, reload, and try again.
error-too-large = This is too large. Send less at once.
error-internal = Something went wrong on our side. Nothing was changed; try again, and tell the operator if it happens again.

heading-not-found = We can’t find that
heading-sign-in = Sign in to go on
heading-forbidden = You may not open this
heading-shut = You can’t get in right now
heading-unusable = That can’t be used as it is
heading-refused = That can’t be done now
heading-conflict = Somebody else was quicker
heading-too-many = Too many attempts
heading-busy = The server is busy
heading-away = We’ll be back in a moment
heading-full = There is no space left
heading-too-large = That is too large
heading-internal = Something went wrong on our side

# A closed gate
shut-stranger = You’re signed in, but not connected to a client account of { $business }. Ask { $business } to invite you.
shut-portal-off = { $business }’s client portal is switched off at the moment. Try again later, or ask them.
shut-disabled = Your access to { $business }’s portal is switched off. Ask them to switch it on again.
shut-disabled-by-client = Somebody at { $client } who looks after its users has switched off your access to { $business }’s portal. Ask a Global Admin of { $client } to switch it on again.
shut-unlinked = You’re no longer connected to this client account. Ask { $business } if you think that is a mistake.
shut-closed = This client account has been closed. Ask { $business } if you still need something from it.
shut-sign-in-again = Sign in again to { $business }’s portal.
portal-off-now = The client portal is switched off at the moment. Try again later.

# What was typed; $what is a kind of field
text-missing = { $what ->
    [description] The description
    [group] The group’s name
    [reference] The reference
    [title] The title
    [extension] The extension
    [reason] The reason
    [email] The email address
    [phone] The phone number
   *[name] The name
} is missing. Enter it.
text-too-long = { $what ->
    [description] The description
    [group] The group’s name
    [reference] The reference
    [title] The title
    [extension] The extension
    [reason] The reason
    [email] The email address
    [phone] The phone number
   *[name] The name
} is longer than { $most } characters. Shorten it.
text-unreadable = { $what ->
    [description] The description
    [group] The group’s name
    [reference] The reference
    [title] The title
    [extension] The extension
    [reason] The reason
    [email] The email address
    [phone] The phone number
   *[name] The name
} contains a character that cannot be shown. Type it again instead of pasting.
text-not-an-email = Enter an email address like name@example.com.
text-not-a-phone = Enter a phone number with digits, spaces and + - ( ) only.
text-no-address-in-name = Leave web addresses out of the name: nothing like “example.com”, no “://”, and no word that begins with “www.”. After a dot in a name, put a space.

password-too-short = Use at least { $least } characters. Four or five unrelated words are easy to remember and hard to guess.
password-too-long = Use at most { $most } characters.
password-own-words = Leave out names, your email address and the company’s name: they are what others try first. Use several unrelated words.
password-easy = This password is easy to guess. Use several unrelated words, without well-known phrases, dates or repeated characters.
password-same = The new password is the same as the current one. Choose another one.
password-not-current = That is not your current password. Type it again.
session-gone = There is no such session any more. Nothing was changed.

sign-in-refused = That email and password don’t match an account, or it can’t sign in here. Check both and try again, or set a new password with “Forgotten your password?”.
link-used = This link has already been used. Sign in with the password you set, or ask for a new link.
link-expired = This link has expired. Ask for a new one.
link-ended = This link no longer works: a newer one was sent, or the password was changed since. Ask for a new one.

invitation-expired = This invitation has expired. Ask for a new one.
invitation-used = This invitation has already been used. If it was you, sign in.
invitation-withdrawn = This invitation was withdrawn. Ask the business if you think that is a mistake.
invitation-replaced = A newer invitation was sent. Use the link in the latest mail.
invitation-not-good = This invitation is no longer good. Ask the business for a new one.
invitation-portal-off = { $business }’s client portal is switched off at the moment. Your invitation stays good; try again later.
invitation-has-account = There is already an account with this address. Sign in to accept the invitation.
invitation-already-connected = This account is already connected to { $client }. Sign in to see it.
invitation-removed-since = Your access to { $business }’s portal was removed after this invitation was sent. Ask them for a new one.
invitation-ask-business = A new invitation can’t be sent from here. Ask the business for one.

terms-newer = A newer version of the terms has just been published. Read it, then accept.
terms-already = You have already accepted these terms.
terms-tick = Tick the box to accept the terms, or decline and sign out.

change-expired = Nobody confirmed this change in time, so nothing was changed.
change-done = This change was confirmed and made already. There is nothing left to do.
change-declined = This change was declined, so nothing was changed.
change-withdrawn = This change was taken back, so there is nothing to confirm.
change-replaced = A newer change was asked for. Use the link in the latest mail.
change-overtaken = The account’s email address was changed since, so this link no longer works.
change-agreed = You have confirmed this already. Follow the link in the mail to the new address to finish.
change-not-agreed = The person has to agree first, from the address they have. Then you are mailed a new link.
change-taken = There is another account with this address by now, so nothing was changed. Sign in to that one instead.
