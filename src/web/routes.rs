//! Every route, in one table: its method, its path, who may use it, and what answers. The router is made from it, and so is
//! the matrix of roles and routes that the tests walk (S43): a route cannot exist outside of it.

use crate::access::Permission;
use crate::act::App;
use crate::web::{again, assets, console, demo, guard, health, portal};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::convert::Infallible;
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Anybody: doors, assets, health.
    Open,
    /// A staff member who is signed in.
    AnyStaff,
    /// A staff member who holds this permission.
    Staff(Permission),
    /// A portal user of the business in the path, as far as this.
    Person(Door),
}

/// How far into a portal somebody must have come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// Signed in: to accept an invitation, also of a business that does not know them yet.
    SignedIn,
    /// The same, and known to the business: to choose a password, be it due or not.
    Known,
    /// Past every gate before the terms: to read and accept them.
    Terms,
    /// Past every gate that is not about one client.
    Business,
    /// Past every gate of the client in the path.
    Client,
    /// Past those of the client and of the record kind in the path.
    Records,
    /// The same, and looks after others there: a Group Manager, a Global Admin.
    Company,
    /// The same, and looks after everybody there: a Global Admin.
    WholeCompany,
}

/// One route.
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, with `{names}` where ids stand.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    handler: MethodRouter<App>,
    patience: Duration,
}

/// How long a request may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(120);
/// The same where a file goes up, or is made first.
const MORE_PATIENCE: Duration = Duration::from_secs(15 * 60);

impl Route {
    /// Takes its time: a large file goes up, or is made first.
    fn slow(self) -> Self {
        Self { patience: MORE_PATIENCE, ..self }
    }

    /// Takes more than other pages do.
    fn taking(self, bytes: usize) -> Self {
        Self { handler: self.handler.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

fn route<H, T>(method: Method, path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    let handler = if method == Method::POST {
        on(MethodFilter::POST, handler).layer(from_fn(again::when_crossed))
    } else {
        on(MethodFilter::GET, handler)
    };
    Route { method, path, access, handler, patience: PATIENCE }
}

fn get<H: Handler<T, App>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
    route(Method::GET, path, access, handler)
}

fn post<H: Handler<T, App>, T: 'static>(path: &'static str, access: Access, handler: H) -> Route {
    route(Method::POST, path, access, handler)
}

/// The table.
#[must_use]
pub fn table() -> Vec<Route> {
    let mut routes = vec![
        get("/healthz", Access::Open, health::alive),
        get("/readyz", Access::Open, health::ready),
        get("/assets/{hash}/{name}", Access::Open, assets::show),
    ];
    routes.extend(console_routes());
    routes.extend(record_routes());
    routes.extend(bulk_routes());
    routes.extend(portal_routes());
    routes.extend(company_routes());
    routes.extend(demo_routes());
    routes
}

#[rustfmt::skip] // one route, one line: it is a table
fn console_routes() -> Vec<Route> {
    use Access::{AnyStaff, Open, Staff};
    use Permission::{
        AuditView, PortalUsersAdd, PortalUsersDelete, PortalUsersExport, PortalUsersManage, PortalUsersView, SettingsManage,
    };
    vec![
        get ("/",                                     Open,      console::door::root),
        get ("/console/sign-in",                      Open,      console::door::sign_in_page),
        post("/console/sign-in",                      Open,      console::door::sign_in),
        post("/console/sign-out",                     AnyStaff,  console::door::sign_out),
        get ("/console/welcome/{token}",              Open,      console::door::welcome_page),
        post("/console/welcome/{token}",              Open,      console::door::welcome),
        get ("/console/forgotten",                    Open,      console::forgotten::page),
        post("/console/forgotten",                    Open,      console::forgotten::ask),
        get ("/console/reset/{token}",                Open,      console::forgotten::reset_page),
        post("/console/reset/{token}",                Open,      console::forgotten::reset),
        get ("/console",                              AnyStaff,  console::overview::show),
        get ("/console/portal/on",                    Staff(SettingsManage), console::portal_switch::ask_on),
        post("/console/portal/on",                    Staff(SettingsManage), console::portal_switch::on),
        get ("/console/portal/off",                   Staff(SettingsManage), console::portal_switch::ask_off),
        post("/console/portal/off",                   Staff(SettingsManage), console::portal_switch::off),
        get ("/console/temporary-passwords/on",       Staff(SettingsManage), console::portal_switch::ask_passwords_on),
        post("/console/temporary-passwords/on",       Staff(SettingsManage), console::portal_switch::passwords_on),
        get ("/console/temporary-passwords/off",      Staff(SettingsManage), console::portal_switch::ask_passwords_off),
        post("/console/temporary-passwords/off",      Staff(SettingsManage), console::portal_switch::passwords_off),
        get ("/console/features",                     Staff(SettingsManage), console::features::page),
        post("/console/features",                     Staff(SettingsManage), console::features::save),
        get ("/console/delegation/on",                Staff(SettingsManage), console::portal_switch::ask_delegation_on),
        post("/console/delegation/on",                Staff(SettingsManage), console::portal_switch::delegation_on),
        get ("/console/delegation/off",               Staff(SettingsManage), console::portal_switch::ask_delegation_off),
        post("/console/delegation/off",               Staff(SettingsManage), console::portal_switch::delegation_off),
        get ("/console/search",                       AnyStaff,  console::search::show),
        get ("/console/why",                          Staff(PortalUsersView), console::why::show),
        get ("/console/portal-users",                 Staff(PortalUsersView), console::portal_users::show),
        get ("/console/portal-users/new",             Staff(PortalUsersAdd), console::portal_user::add::page),
        post("/console/portal-users/new",             Staff(PortalUsersAdd), console::portal_user::add::add),
        get ("/console/portal-users/export",          Staff(PortalUsersExport), console::export::portal_users).slow(),
        get ("/console/portal-users/{id}",            Staff(PortalUsersView), console::portal_user::show),
        post("/console/portal-users/{id}",            Staff(PortalUsersManage), console::portal_user::edit::save),
        post("/console/portal-users/{id}/changes/{change}/withdraw", Staff(PortalUsersManage), console::portal_user::edit::withdraw),
        get ("/console/portal-users/{id}/links/{link}", Staff(PortalUsersManage), console::portal_user::links::place_page),
        post("/console/portal-users/{id}/links/{link}", Staff(PortalUsersManage), console::portal_user::links::place),
        get ("/console/portal-users/{id}/links/{link}/remove", Staff(PortalUsersManage), console::portal_user::links::ask_unlink),
        post("/console/portal-users/{id}/links/{link}/remove", Staff(PortalUsersManage), console::portal_user::links::unlink),
        get ("/console/portal-users/{id}/delete",     Staff(PortalUsersDelete), console::portal_user::delete::ask),
        post("/console/portal-users/{id}/delete",     Staff(PortalUsersDelete), console::portal_user::delete::delete),
        post("/console/portal-users/{id}/restore",    Staff(PortalUsersDelete), console::portal_user::delete::restore),
        post("/console/portal-users/{id}/reset",      Staff(PortalUsersManage), console::portal_user::acts::send_reset),
        get ("/console/portal-users/{id}/disable",    Staff(PortalUsersManage), console::portal_user::acts::ask_disable),
        post("/console/portal-users/{id}/disable",    Staff(PortalUsersManage), console::portal_user::acts::disable),
        post("/console/portal-users/{id}/enable",     Staff(PortalUsersManage), console::portal_user::acts::enable),
        post("/console/portal-users/{id}/unlock",     Staff(PortalUsersManage), console::portal_user::acts::unlock),
        post("/console/portal-users/{id}/require-password-change", Staff(PortalUsersManage), console::portal_user::acts::require_password_change),
        post("/console/portal-users/{id}/sessions/end", Staff(PortalUsersManage), console::portal_user::acts::end_sessions),
        post("/console/portal-users/{id}/sessions/{session}/end", Staff(PortalUsersManage), console::portal_user::acts::end_session),
        get ("/console/audit",                        Staff(AuditView), console::audit::show),
    ]
}

/// The business's own records: clients, contacts, invitations, import and export.
#[rustfmt::skip]
fn record_routes() -> Vec<Route> {
    use Access::Staff;
    use Permission::{ClientsEdit, ClientsExport, ClientsImport, ClientsView, ContactsBlock, ContactsInvite, PortalUsersManage, PortalUsersView, RecordsShare, RequestsDecide};
    vec![
        get ("/console/clients",                      Staff(ClientsView),    console::clients::show),
        get ("/console/clients/new",                  Staff(ClientsEdit),    console::client::add_page),
        post("/console/clients/new",                  Staff(ClientsEdit),    console::client::add),
        get ("/console/clients/{id}",                 Staff(ClientsView),    console::client::show),
        get ("/console/clients/{id}/edit",            Staff(ClientsEdit),    console::client::edit_page),
        post("/console/clients/{id}/edit",            Staff(ClientsEdit),    console::client::edit),
        get ("/console/clients/{id}/contacts",        Staff(ClientsView),    console::client::contacts),
        get ("/console/clients/{id}/contacts/new",    Staff(ClientsEdit),    console::contact::add_page),
        post("/console/clients/{id}/contacts/new",    Staff(ClientsEdit),    console::contact::add),
        get ("/console/clients/{id}/users",           Staff(PortalUsersView), console::client::users),
        get ("/console/clients/{id}/groups/new",      Staff(PortalUsersManage), console::client::new_group_page),
        post("/console/clients/{id}/groups/new",      Staff(PortalUsersManage), console::client::new_group),
        get ("/console/clients/{id}/groups/{group}",  Staff(PortalUsersManage), console::client::group_page),
        post("/console/clients/{id}/groups/{group}",  Staff(PortalUsersManage), console::client::edit_group),
        get ("/console/clients/{id}/groups/{group}/delete", Staff(PortalUsersManage), console::client::ask_delete_group),
        post("/console/clients/{id}/groups/{group}/delete", Staff(PortalUsersManage), console::client::delete_group),
        get ("/console/clients/{id}/delegation/on",   Staff(ClientsEdit),    console::client::ask_delegate),
        post("/console/clients/{id}/delegation/on",   Staff(ClientsEdit),    console::client::delegate),
        get ("/console/clients/{id}/delegation/off",  Staff(ClientsEdit),    console::client::ask_take_back),
        post("/console/clients/{id}/delegation/off",  Staff(ClientsEdit),    console::client::take_back),
        get ("/console/clients/{id}/records",         Staff(ClientsView),    console::client::records),
        get ("/console/clients/{id}/records/new",     Staff(RecordsShare),   console::record::new_page),
        post("/console/clients/{id}/records/new",     Staff(RecordsShare),   console::record::share),
        get ("/console/records/{id}",                 Staff(ClientsView),    console::record::show),
        post("/console/records/{id}",                 Staff(RecordsShare),   console::record::save),
        get ("/console/records/{id}/withdraw",        Staff(RecordsShare),   console::record::ask_withdraw),
        post("/console/records/{id}/withdraw",        Staff(RecordsShare),   console::record::withdraw),
        post("/console/records/{id}/files",           Staff(RecordsShare),   console::record::add_file).taking(console::record::MOST_REQUEST_BYTES).slow(),
        get ("/console/records/{id}/files/{file}",    Staff(ClientsView),    console::record::download).slow(),
        post("/console/records/{id}/files/{file}/remove", Staff(RecordsShare), console::record::remove_file),
        get ("/console/clients/{id}/activity",        Staff(ClientsView),    console::client::activity),
        get ("/console/contacts",                     Staff(ClientsView),    console::contacts::show),
        get ("/console/contacts/new",                 Staff(ClientsEdit),    console::contacts::find_client),
        get ("/console/contacts/{id}",                Staff(ClientsView),    console::contact::show),
        post("/console/contacts/{id}",                Staff(ClientsEdit),    console::contact::edit),
        post("/console/contacts/{id}/mismatch",       Staff(ClientsEdit),    console::contact::settle),
        post("/console/contacts/{id}/invite",         Staff(ContactsInvite), console::contact::invite),
        post("/console/contacts/{id}/withdraw",       Staff(ContactsInvite), console::contact::withdraw),
        post("/console/contacts/{id}/mails",          Staff(RecordsShare),   console::contact::choose_mails),
        get ("/console/contacts/{id}/block",          Staff(ContactsBlock),  console::contact::block_page),
        post("/console/contacts/{id}/block",          Staff(ContactsBlock),  console::contact::block),
        get ("/console/contacts/{id}/unblock",        Staff(ContactsBlock),  console::contact::unblock_page),
        post("/console/contacts/{id}/unblock",        Staff(ContactsBlock),  console::contact::unblock),
        get ("/console/export/clients",               Staff(ClientsExport),  console::export::clients).slow(),
        get ("/console/export/contacts",              Staff(ClientsExport),  console::export::contacts).slow(),
        get ("/console/import",                       Staff(ClientsImport),  console::import::page),
        post("/console/import",                       Staff(ClientsImport),  console::import::upload).taking(console::import::MOST_REQUEST_BYTES).slow(),
        get ("/console/import/sample",                Staff(ClientsImport),  console::import::sample),
        get ("/console/import/{id}",                  Staff(ClientsImport),  console::import::show),
        post("/console/import/{id}",                  Staff(ClientsImport),  console::import::confirm),
        get ("/console/import/{id}/events",           Staff(ClientsImport),  console::import::events),
        get ("/console/import/{id}/refused",          Staff(ClientsImport),  console::import::refused).slow(),
        get ("/console/import/records",               Staff(RecordsShare),   console::import::records_page),
        post("/console/import/records",               Staff(RecordsShare),   console::import::upload_records).taking(console::import::MOST_REQUEST_BYTES).slow(),
        get ("/console/import/records/sample",        Staff(RecordsShare),   console::import::records_sample),
        get ("/console/import/records/{id}",          Staff(RecordsShare),   console::import::show),
        post("/console/import/records/{id}",          Staff(RecordsShare),   console::import::confirm),
        get ("/console/import/records/{id}/events",   Staff(RecordsShare),   console::import::events),
        get ("/console/import/records/{id}/refused",  Staff(RecordsShare),   console::import::refused).slow(),
        get ("/console/requests",                     Staff(RequestsDecide), console::requests::show),
        get ("/console/requests/{id}",                Staff(RequestsDecide), console::request::show),
        post("/console/requests/{id}/approve",        Staff(RequestsDecide), console::request::approve),
        get ("/console/requests/{id}/new",            Staff(RequestsDecide), console::request::new_page),
        post("/console/requests/{id}/new",            Staff(RequestsDecide), console::request::new),
        get ("/console/requests/{id}/refuse",         Staff(RequestsDecide), console::request::refuse_page),
        post("/console/requests/{id}/refuse",         Staff(RequestsDecide), console::request::refuse),
        get ("/console/mismatches",                   Staff(ClientsView),    console::mismatches::show),
        post("/console/mismatches/theirs",            Staff(ClientsEdit),    console::mismatches::theirs),
        post("/console/mismatches/ours",              Staff(ClientsEdit),    console::mismatches::ours),
        get ("/console/invitations",                  Staff(ClientsView),    console::invitations::show),
    ]
}

/// What is done to many at once.
#[rustfmt::skip]
fn bulk_routes() -> Vec<Route> {
    use Access::{AnyStaff, Staff};
    use Permission::{ContactsInvite, PortalUsersDelete, PortalUsersManage};
    vec![
        post("/console/portal-users/bulk/disable",    Staff(PortalUsersManage), console::bulk::disable),
        post("/console/portal-users/bulk/enable",     Staff(PortalUsersManage), console::bulk::enable),
        post("/console/portal-users/bulk/require-password-change", Staff(PortalUsersManage), console::bulk::require_password_change),
        post("/console/portal-users/bulk/delete",      Staff(PortalUsersDelete), console::bulk::delete),
        post("/console/portal-users/bulk/restore",     Staff(PortalUsersDelete), console::bulk::restore),
        post("/console/portal-users/bulk/resend-invitations", Staff(ContactsInvite), console::bulk::resend_invitations),
        post("/console/contacts/invite",              Staff(ContactsInvite), console::bulk::invite),
        // Which permission it takes depends on what is done: the acts ask for it.
        get ("/console/bulk",                         AnyStaff,  console::bulk::list),
        get ("/console/bulk/{id}",                    AnyStaff,  console::bulk::show),
        post("/console/bulk/{id}",                    AnyStaff,  console::bulk::confirm),
        post("/console/bulk/{id}/cancel",             AnyStaff,  console::bulk::cancel),
        post("/console/bulk/{id}/undo",               AnyStaff,  console::bulk::undo),
        get ("/console/bulk/{id}/events",             AnyStaff,  console::bulk::events),
        get ("/console/bulk/{id}/result",             AnyStaff,  console::bulk::file).slow(),
    ]
}

#[rustfmt::skip]
fn portal_routes() -> Vec<Route> {
    use Access::{Open, Person};
    use Door::{Business, Client, Known, Records, SignedIn, Terms};
    use portal::{accounts, ask, brand, confirm, door, forgotten, home, invitation, language, mails, password, profile, record, records, terms};
    vec![
        get ("/portal/{slug}/brand.css",                     Open,              brand::show),
        get ("/portal/{slug}/sign-in",                       Open,              door::page),
        post("/portal/{slug}/sign-in",                       Open,              door::sign_in),
        post("/portal/{slug}/sign-out",                      Open,              door::sign_out),
        post("/portal/{slug}/language",                      Open,              language::choose),
        get ("/portal/{slug}/forgotten",                     Open,              forgotten::page),
        post("/portal/{slug}/forgotten",                     Open,              forgotten::ask),
        get ("/portal/{slug}/ask",                           Open,              ask::page),
        post("/portal/{slug}/ask",                           Open,              ask::ask),
        get ("/portal/{slug}/reset/{token}",                 Open,              forgotten::reset_page),
        post("/portal/{slug}/reset/{token}",                 Open,              forgotten::reset),
        get ("/portal/{slug}/confirm/{token}",               Open,              confirm::page),
        post("/portal/{slug}/confirm/{token}",               Open,              confirm::confirm),
        post("/portal/{slug}/confirm/{token}/decline",       Open,              confirm::decline),
        get ("/portal/{slug}/invitation/{token}",            Open,              invitation::page),
        post("/portal/{slug}/invitation/{token}",            Open,              invitation::accept_new),
        post("/portal/{slug}/invitation/{token}/sign-in",    Open,              invitation::sign_in),
        post("/portal/{slug}/invitation/{token}/accept",     Person(SignedIn),  invitation::accept),
        post("/portal/{slug}/invitation/{token}/again",      Open,              invitation::ask_again),
        get ("/portal/{slug}/password",                      Person(Known),     password::page),
        post("/portal/{slug}/password",                      Person(Known),     password::change),
        get ("/portal/{slug}/accounts",                      Person(Business),  accounts::page),
        get ("/portal/{slug}/profile",                       Person(Business),  profile::page),
        post("/portal/{slug}/profile",                       Person(Business),  profile::save),
        post("/portal/{slug}/profile/email",                 Person(Business),  profile::change_email),
        post("/portal/{slug}/profile/email/withdraw",        Person(Business),  profile::withdraw_email),
        post("/portal/{slug}/profile/sessions/end",          Person(Business),  profile::end_sessions),
        post("/portal/{slug}/profile/sessions/{session}/end", Person(Business), profile::end_session),
        post("/portal/{slug}/profile/data",                  Person(Business),  profile::own_data),
        get ("/portal/{slug}/terms",                         Person(Terms),     terms::page),
        post("/portal/{slug}/terms",                         Person(Terms),     terms::accept),
        get ("/portal/{slug}",                               Person(Business),  home::way_in),
        get ("/portal/{slug}/clients/{client}",              Person(Client),    home::show),
        get ("/portal/{slug}/clients/{client}/mails",        Person(Client),    mails::page),
        post("/portal/{slug}/clients/{client}/mails",        Person(Client),    mails::save),
        get ("/mail/{slug}/{token}",                         Open,              mails::choice_page),
        post("/mail/{slug}/{token}",                         Open,              mails::choose),
        get ("/portal/{slug}/clients/{client}/{kind}",       Person(Records),   records::show),
        get ("/portal/{slug}/clients/{client}/{kind}/{record}", Person(Records), record::show),
        get ("/portal/{slug}/clients/{client}/{kind}/{record}/files/{file}", Person(Records), record::download).slow(),
    ]
}

/// A client's own people look after their colleagues.
#[rustfmt::skip]
fn company_routes() -> Vec<Route> {
    use Access::Person;
    use Door::{Company, WholeCompany};
    use portal::company::{activity, add, edit, groups, keeping, place, questions, users};
    vec![
        get ("/portal/{slug}/clients/{client}/company",                        Person(Company),      users::show),
        get ("/portal/{slug}/clients/{client}/company/users/new",              Person(Company),      add::page),
        post("/portal/{slug}/clients/{client}/company/users/new",              Person(Company),      add::add),
        get ("/portal/{slug}/clients/{client}/company/users/{contact}",        Person(Company),      edit::page),
        post("/portal/{slug}/clients/{client}/company/users/{contact}",        Person(Company),      edit::edit),
        get ("/portal/{slug}/clients/{client}/company/users/{contact}/place",  Person(Company),      place::page),
        post("/portal/{slug}/clients/{client}/company/users/{contact}/place",  Person(Company),      place::place),
        get ("/portal/{slug}/clients/{client}/company/users/{contact}/invite", Person(Company),      questions::ask_resend),
        post("/portal/{slug}/clients/{client}/company/users/{contact}/invite", Person(Company),      questions::resend),
        get ("/portal/{slug}/clients/{client}/company/users/{contact}/remove", Person(Company),      questions::ask_remove),
        post("/portal/{slug}/clients/{client}/company/users/{contact}/remove", Person(Company),      questions::remove),
        get ("/portal/{slug}/clients/{client}/company/users/{contact}/disable", Person(Company),     keeping::ask_disable),
        post("/portal/{slug}/clients/{client}/company/users/{contact}/disable", Person(Company),     keeping::disable),
        get ("/portal/{slug}/clients/{client}/company/users/{contact}/enable", Person(Company),      keeping::ask_enable),
        post("/portal/{slug}/clients/{client}/company/users/{contact}/enable", Person(Company),      keeping::enable),
        get ("/portal/{slug}/clients/{client}/company/groups",                 Person(WholeCompany), groups::show),
        get ("/portal/{slug}/clients/{client}/company/groups/new",             Person(WholeCompany), groups::new_page),
        post("/portal/{slug}/clients/{client}/company/groups/new",             Person(WholeCompany), groups::new),
        get ("/portal/{slug}/clients/{client}/company/groups/{group}",         Person(WholeCompany), groups::page),
        post("/portal/{slug}/clients/{client}/company/groups/{group}",         Person(WholeCompany), groups::edit),
        get ("/portal/{slug}/clients/{client}/company/groups/{group}/delete",  Person(WholeCompany), groups::ask_delete),
        post("/portal/{slug}/clients/{client}/company/groups/{group}/delete",  Person(WholeCompany), groups::delete),
        get ("/portal/{slug}/clients/{client}/company/activity",               Person(WholeCompany), activity::show),
    ]
}

#[rustfmt::skip]
fn demo_routes() -> Vec<Route> {
    vec![
        get ("/demo/mail",            Access::Open,  demo::inbox),
        get ("/demo/mail/{id}",       Access::Open,  demo::letter),
        get ("/demo/mail/{id}/html",  Access::Open,  demo::html),
    ]
}

/// The router that is made of the table.
pub(super) fn router(app: &App) -> Router<App> {
    table().into_iter().fold(Router::new(), |router, route| {
        let check = from_fn_with_state((app.clone(), route.access), guard::check);
        let patience = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, route.patience);
        router.route(route.path, route.handler.layer::<_, Infallible>(check).layer(patience))
    })
}
