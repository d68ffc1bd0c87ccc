# Mail. Each is plain text; the names are of people, clients and businesses.

letter-hello = Hello { $name },
letter-hello-nobody = Hello,
letter-copy-link = If the button does not work, copy this address into your browser:
letter-questions = Questions?
letter-why-contact = You get this mail because { $business } has { $email } on record as a contact of { $client }.
letter-why-sign-in = You get this mail because { $email } is the address you sign in with.
letter-link-until = The link works once, until { $until }.

letter-invitation = { $business } invites you to its client portal
letter-invitation-by = { $name } at { $business } invites you to the client portal, where you find everything they share with { $client }.
letter-invitation-by-business = { $business } invites you to the client portal, where you find everything they share with { $client }.
letter-invitation-follow = Follow the link to come in. You choose a password of your own, or sign in if you already have one.
letter-invitation-accept = Accept the invitation
letter-invitation-until = The invitation is for you alone, works once, and is good until { $until }. After that, ask { $business } for a new one.
letter-invitation-leave = If you did not expect it, you can leave it: nothing happens unless you accept.
letter-temporary-sign-in = Sign in with { $email } and this temporary password:
letter-temporary-then = Then you choose a password of your own.
letter-temporary-button = Sign in
letter-temporary-until = The temporary password works once, for { $hours } hours. After that, ask { $business } for a new invitation.
letter-temporary-leave = If you did not expect it, you can leave it: nothing happens unless you sign in.

letter-other = Your invitation from { $business } was accepted with another address
letter-other-text = The invitation that was mailed to { $email } was accepted on { $when } by somebody who signed in as { $other }.
letter-other-you = If that was you, all is well. If you don’t know that address, tell { $business } at once, so that they can close this access.
letter-other-why = You get this mail because the invitation was addressed to { $email }.

letter-reset = Set a new password
letter-reset-portal = Somebody asked for a link to set a new password for { $business }’s client portal. If that was you, choose one now.
letter-reset-console = Somebody asked for a link to set a new password for { $business }’s console. If that was you, choose one now.
letter-reset-once = The link works once, for one hour. If it has run out, ask for another where you sign in.
letter-reset-leave = If it was not you, you can leave it: your password stays as it is.
letter-reset-why = You get this mail because a new password was asked for with { $email }.

letter-refused = Your request for access to { $business }’s client portal
letter-refused-text = On { $when } you asked for access to { $business }’s client portal. They could not match your request to anybody on their records, so no access was set up.
letter-refused-next = If you should have access, ask with the email address and the reference that they know you by, or ask whoever looks after the portal at your company to add you.
letter-refused-leave = If it was not you who asked, you can leave this mail: nothing has happened.
letter-refused-why = You get this mail because access was asked for with { $email }.

letter-password = Your password was changed
letter-password-portal = The password with which you sign in to { $business }’s client portal was changed on { $when }.
letter-password-console = The password with which you sign in to { $business }’s console was changed on { $when }.
letter-password-wrong-portal = If that was you, all is well. If it was not, set a new one at once, and tell { $business }.
letter-password-wrong-console = If that was you, all is well. If it was not, set a new one at once, and tell whoever manages staff.
letter-password-button = Set a new password

letter-renamed = Your name was changed
letter-renamed-text = The name on your account is { $name } since { $when }, as { $business } asked.
letter-renamed-wrong = If that is not right, tell them.

letter-change = { $business } asks you to confirm a change
letter-change-name = { $name } at { $business } asks to change the name on your account to { $to }.
letter-change-name-then = Nothing changes unless you confirm it.
letter-change-email = { $name } at { $business } asks to change the email address you sign in with to { $to }.
letter-change-email-then = Nothing changes unless you confirm it. The new address is asked as well, and then it is what you sign in with.
letter-change-button = Look at the change
letter-change-leave = If you don’t want this, say so on the page, or leave it.

letter-address = Confirm your new email address
letter-address-text = { $name } at { $business } asked to make { $to } the address you sign in with, in place of { $from }.
letter-address-then = Confirm it, and it is so from then on. You’ll be signed out everywhere; your password stays the same.
letter-address-button = Confirm this address
letter-address-leave = If you know nothing of this, you can leave it: nothing happens unless you confirm.
letter-address-why = You get this mail because { $email } was given to { $business } as the new address of { $name }.
letter-taken = This address already has an account
letter-taken-text = { $by } at { $business } asked to make { $email } the address with which { $name } signs in. There is already an account with it, so nothing was changed.
letter-taken-both = If both are yours, sign in with the account that has this address, and ask them to invite it.

letter-changing = A new email address was asked for
letter-changing-text = { $name } at { $business } asked to make { $to } the address you sign in with. It takes effect when it is confirmed from there; until then { $from } stays.
letter-changing-wrong = If that is not right, tell { $business } at once.

letter-changed = The address you sign in with was changed
letter-changed-text = Since { $when } you sign in to { $business }’s client portal with { $to }, and no longer with { $from }. You were signed out everywhere.
letter-changed-wrong = If that was not you, tell { $business } at once.
letter-changed-why = You get this mail because { $email } was the address you signed in with.
letter-address-own = You asked to make { $to } the address you sign in with at { $business }, in place of { $from }.
letter-taken-own = { $name } asked to sign in to { $business }’s client portal with { $email }. There is already an account with this address, so nothing was changed.
letter-changing-own = Somebody who is signed in to your account, and knows its password, asked to make { $to } the address you sign in with. It takes effect when it is confirmed from there; until then { $from } stays.
letter-changing-wrong-own = If that was not you, set a new password at once: that signs everybody out, and nothing is changed.

# What was shared, and which mail somebody wants.
letter-shared-one = { $business } has shared something with you: { $record }
letter-shared-several = { $business } has shared { $count ->
    [one] { $count } entry
   *[other] { $count } entries
} with you
letter-shared-text = { $count ->
    [one] { $business } has shared this with { $client }:
   *[other] { $business } has shared these with { $client }:
}
letter-shared-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
letter-shared-open = Open { $record }
letter-shared-open-all = Open the client portal
letter-shared-why = You get this mail because { $business } has { $email } on record as a contact of { $client }.
letter-choice = Choose which mail you get
