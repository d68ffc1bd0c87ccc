# My company: a client's own people look after their colleagues.

company-title = My company
company-users = Users
company-groups = Groups
company-activity = Activity
company-users-of = Users of { $client }
company-groups-of = Groups of { $client }
company-activity-of = Activity of { $client }
company-lede-admin = People at { $client } who can use this portal. You look after all of them.
company-lede-manager = People of the group { $group } at { $client }. You look after them.
company-everyone = Everyone
company-find = Find by name or email
company-find-button = Find
company-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
company-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
company-name = Name
company-group = Group
company-role = Role
company-status = Status
company-last-sign-in = Last sign-in
company-not-yet = Not yet
company-you = (you)
company-actions-for = Actions for { $name }
company-active = Active
company-password-due = Password change due
company-disabled = Disabled
company-invited = Invited
company-expired = Invitation expired
company-taken-back = Invitation withdrawn
company-moved = This part of the list has moved
company-moved-text = The people who were here have changed meanwhile.
company-first-page = Go to the first page
company-nobody = Nobody fits
company-nobody-text = Nobody of your company matches what you typed, or is in this group.
company-show-all = Show everyone
company-roles = What each role can do
company-role-admin = Looks after everyone at { $client }, in every group, and sees everything that is shared.
company-role-manager = Adds, edits and removes people in their own group only.
company-role-member = Sees what the group may see, and edits their own profile.
company-edit = Edit
company-place = Change group or role
company-resend = Resend Invite…
company-disable = Disable account…
company-enable = Enable account…
company-disabled-by = By { $business }
company-remove = Remove from { $client }…
company-withdraw = Withdraw invitation…

## Adding and editing
company-add = Add New User
company-add-lede = At { $client }. They get an email with a link to choose their own password. Nobody else ever sees it.
company-who-legend = Contact information
company-place-legend = User information
company-email-hint = Their own address at work. It is what they sign in with.
company-field-title = Title
company-field-cell = Cell phone
company-field-office = Office phone
company-field-extension = Extension
company-group-hint = A group limits which records its people see.
company-admin-hint = Looks after every user of { $client }, you included. Only in the Default group.
company-manager-hint = Looks after the people of this group only.
company-send = Save User
company-added = { $name } is invited
company-added-text = The invitation to { $email } works until { $date }.
company-invited-already = { $name } is invited to { $client } already. Use Resend Invite in the list.
company-user-already = { $name } is a user of { $client } already.
company-cannot-add = This email address can’t be added from here. Ask the business to help you.
company-too-many = You have sent { $count } invitations in the last day, which is the most. Go on tomorrow.
company-edit-title = Edit { $name }
company-edit-lede = As { $business } records them. Their own account stays as they set it.
company-email-theirs = They sign in with it, so only they can change it.
company-email-invited = The invitation went here. For another address, withdraw it and add them anew.
company-email-kept = The email address can’t be changed from here.
company-save = Save
company-saved = { $name } saved
company-same = Nothing to save: all is as it was
company-rival = Somebody else changed this while you were working on it
company-rival-text = Nothing of yours was saved yet. Save again to replace what is there now:
company-rival-place = It is { $role } in { $group } now. Save again to replace that, or cancel to keep it.
company-rival-group = Nothing of yours was saved yet. Save again to replace what is there now, or cancel to keep it.
company-place-title = { $name }: group and role
company-place-lede = The change takes effect at once.
company-place-same = { $name }’s group and role are the same as before. Nothing was changed.
company-ended = { $name } is no longer linked there. Nothing was changed.
company-placed = { $name } has a new place
company-placed-text = It holds from the very next request.
company-last = { $name } is the last Global Admin of { $client }
company-last-text = Make somebody else Global Admin first; until then this role can’t be given up.
company-last-refused = { $name } is the last Global Admin of your company. Make somebody else Global Admin first.
company-own = This is your own role
company-own-text = Give it up, and only another Global Admin can give it back to you.

## Resend and remove
company-resend-ask = Resend the invite to { $name }?
company-resend-reset = A link to set a new password goes to { $email }. Until { $name } uses it, their password stays as it is.
company-resend-invitation = A new invitation for { $name } goes to { $email }, and the earlier one stops working.
company-resend-withdrawn = A new invitation for { $name } goes to { $email }. The one before was withdrawn.
company-confirm = Confirm
company-resent = Mail to { $email } is on its way
company-resent-reset = It carries a link to set a new password. Nobody else sees it.
company-resent-invitation = It carries a new invitation; the earlier one no longer works.
company-remove-ask = Remove { $name } from { $client }?
company-remove-text = { $name } no longer sees anything of { $client }, from the very next request.
company-remove-stays = Their own account stays theirs, and you can invite them again.
company-remove-verb = Yes, remove { $name }
company-removed = { $name } is removed from { $client }
company-removed-text = You can invite them again.
company-withdraw-ask = Withdraw the invitation to { $name }?
company-withdraw-text = The link that went to { $email } stops working at once.
company-withdraw-verb = Yes, withdraw it
company-withdrawn = The invitation to { $name } is withdrawn
company-letter = { $name } at { $client } invites you to the client portal of { $business }, where you find everything they share with { $client }.
company-not-oneself = You can’t remove yourself. Ask another Global Admin, or the business.
company-not-invited = { $name } has no open invitation. Nothing was changed.

## Disable and enable
company-disable-ask = Disable { $name } at { $business }?
company-disable-text = { $name } can’t get in to anything of { $business } any more, from the very next request. Open invitations and links to set a new password stop working.
company-disable-stays = Nothing is lost: group, role and records stay as they are, and you can enable the account again.
company-disable-verb = Yes, disable { $name }
company-disable-done = { $name } is disabled
company-disable-done-text = They can’t get in any more. You can enable the account again.
company-disable-elsewhere-title = { $name }’s account can’t be disabled from here
company-disable-elsewhere = { $name } also belongs to other clients of the business, so only the business can disable the account. Remove them from your company instead: then they no longer see anything of it.
company-disable-not-oneself = You can’t disable yourself. Ask another Global Admin, or the business.
company-disable-already = { $name } is disabled already. Nothing was changed.
company-enable-ask = Enable { $name } at { $business }?
company-enable-text = { $name } gets in again, with the same group and role as before.
company-enable-verb = Enable account
company-enable-done = { $name } is enabled
company-enable-done-text = They get in again as before.
company-enable-not-disabled = { $name } is not disabled. Nothing was changed.
company-enable-not-ours = { $name } was disabled by the business, so only the business can enable the account. Ask the people you usually deal with.

## Groups
company-groups-lede = Each user belongs to one group, which says what they may see. Global Admins see everything.
company-sees = May see
company-sees-everything = Everything
company-sees-nothing = Nothing
company-sees-hint = Of what { $business } shares with your company.
company-bookings = Bookings
company-invoices = Invoices
company-dockets = Dockets
company-statements = Statements
company-documents = Documents
company-group-new = Create a group
company-group-edit = Group { $group }
company-group-name = Name
company-group-default = Every company keeps its Default group; its name stays.
company-group-made = The group { $group } is made
company-group-made-text = Nobody belongs to it yet. Give people this group in the list of users.
company-group-saved = The group { $group } is saved
company-group-delete = Delete group…
company-group-delete-ask = Delete the group { $group }?
company-group-delete-text = { $count ->
    [0] Nobody belongs to it.
    [one] Its one person moves to the Default group, as a member.
   *[other] Its { $count } people move to the Default group, as members.
}
company-group-delete-verb = Yes, delete { $group }
company-group-deleted = The group { $group } is deleted
company-group-deleted-text = { $count ->
    [0] Nobody belonged to it.
    [one] One person moved to the Default group.
   *[other] { $count } people moved to the Default group.
}
company-group-taken = There is a group “{ $group }” already. Choose another name.
company-group-most = There are { $count } groups already. Delete one first.
company-group-gone = This group is no longer there. Choose another one.
company-group-keep = The Default group can’t be deleted. Nothing was changed.

## Whom somebody looks after
company-beyond = You look after the members of your own group only. Ask a Global Admin of your company.
company-not-yours = Only a Global Admin or a Group Manager of your company looks after its users.
company-not-delegated = Your company’s users are looked after by the business itself. Ask the people you usually deal with.

## Activity
company-activity-lede = What { $business } and your colleagues did to the people at { $client }.
company-activity-none = Nothing yet
company-activity-none-text = What happens to your company’s users shows up here.
company-newer = Newer
company-older = Older
activity-business = The business
activity-invited = invited { $name }
activity-withdrew = withdrew the invitation to { $name }
activity-accepted = accepted the invitation
activity-placed = changed the group or role of { $name }
activity-removed = removed { $name }
activity-blocked = blocked { $name } from your company’s part of the portal
activity-unblocked = unblocked { $name }
activity-recorded = recorded { $name } as a contact
activity-changed = changed the details of { $name }
activity-disabled = disabled { $name }
activity-enabled = enabled { $name }
activity-disabled-again = put { $name } back to disabled, as before
activity-deleted = deleted the portal user { $name }
activity-restored = restored the portal user { $name }
activity-reset = mailed { $name } a link to set a new password
activity-required = asked { $name } for a new password at the next sign-in
activity-sessions = signed { $name } out
activity-group-made = made the group { $group }
activity-group-renamed = renamed a group to { $group }
activity-group-sight = changed what the group { $group } may see
activity-group-deleted = deleted the group { $group }
activity-delegation-on = let your company look after its own users
activity-delegation-off = took looking after your company’s users back
