# The parts that every page is made of.

ui-language = Language
ui-skip = Skip to main content
ui-breadcrumb = Breadcrumb
ui-dismiss = Dismiss message
ui-problem = There is a problem
ui-optional = (optional)
ui-error = Error:
ui-show = Show
ui-hide = Hide
# $what is the label of a password field
ui-show-what = Show { $what }
ui-cancel = Cancel
ui-affected = Affected
ui-apply = Apply
ui-filters = Filters in use:
ui-filter-remove = Remove filter: { $filter }
ui-filters-clear = Clear filters
ui-actions = Actions
ui-per-page = Per page
ui-pages = Pages
ui-previous = Previous
ui-next = Next
ui-range = { $first } to { $last } of { $total }
ui-range-more = { $first } to { $last } of { $total }+
ui-range-count = { $rows } of { $total }
ui-range-count-more = { $rows } of { $total }+
ui-theme-system = Match system
ui-theme-light = Light
ui-theme-dark = Dark
ui-help = Help and contact
ui-sign-out = Sign out
ui-signing-out = Signing out…
ui-sending = Sending…
ui-saving = Saving…
ui-try-again = Try again
ui-to-start = Go to the start page
