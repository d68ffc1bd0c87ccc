# A person's own profile and security.

profile = Profile and security
profile-lede = This is your own account. It’s the same for every client account you are linked to.
profile-details = Your details
field-title = Title
field-cell-phone = Cell phone
field-office-phone = Office phone
field-extension = Extension
profile-businesses-see = The businesses you are linked to see your changes, and update their own records after checking them.
profile-save = Save details
profile-saved = Your details are saved
profile-as-before = Nothing to save: everything is as it was

profile-email = Email you sign in with
profile-email-now-html = You sign in with <b>{ $email }</b>.
profile-email-new = New email
profile-email-hint = We mail it a link, and change nothing before you have followed it.
profile-email-password-hint = So that nobody else changes it.
profile-email-change = Change email
profile-email-waiting-html = <b>{ $email }</b> waits to be confirmed: follow the link in the mail there, until { $until }.
profile-email-withdraw = Take it back
profile-email-withdrawn = Taken back: you go on signing in with the address you have
profile-email-asked = One more step
profile-email-asked-text = We’ve mailed { $email } a link. Follow it there, and the change is made.
profile-email-same = This is the email you sign in with already.
profile-email-over = That change is over already. Nothing was changed.
change-too-often = { $email } was already asked { $most } times in the last day to confirm a change. Try again tomorrow.
change-enough = { $most } changes were already asked for in the last day. Try again tomorrow.

profile-password-since = Set on { $date }.
profile-password-text = Changing it signs you out everywhere else.

profile-language = Language of pages and mail
profile-language-hint = It goes with your account, on every device.
profile-language-save = Save language

profile-sessions = Where you’re signed in
profile-this-device = This device
profile-device = { $browser } on { $system }
profile-device-unknown = Unknown device
profile-session-html = { $address }, last used { $date }
profile-sign-out-elsewhere = Sign out everywhere else
profile-signed-out-elsewhere = You’re signed out everywhere else
profile-signed-out-there = Signed out on that device

profile-data = Your data
profile-data-text = Your account, where you’re signed in, the terms you accepted and the client accounts you are or were linked to, as a file (JSON).
profile-data-take = Download
profile-data-enough = You have taken { $most } copies of your data today, which is the most. Go on tomorrow.
