//! A client's people, as its own Global Admins and Group Managers see them: those who are in, those who are invited, and those whom
//! one of them invited and whose invitation was withdrawn, so that nobody is brought on record unseen. Names and addresses of the
//! people themselves; nothing of what they are linked to elsewhere.

use crate::access::{Charge, Place, Role};
use crate::act::Scope;
use crate::base::id::{ClientId, ContactId, GroupId, LinkId, PortalUserId};
use crate::base::page::{Cursor, Direction, Key, Page, Position};
use crate::base::text::fold;
use crate::base::{Instant, Result};
use crate::db::Query;
use crate::listing::{self, Listed, Total};
use crate::portal_user;

crate::words! {
    /// The columns that sort the list.
    #[derive(Default)]
    pub enum Sort {
        /// First and last name.
        #[default]
        Name = "name",
        /// The group, the Default one first.
        Group = "group",
        /// The role, those who look after others first.
        Role = "role",
        /// How they stand.
        Status = "status",
        /// The last sign-in.
        LastSignIn = "last-sign-in",
    }
}

crate::words! {
    /// How one of a client's people stands.
    pub enum Status {
        /// Gets in.
        Active = "active",
        /// Must choose a new password at the next sign-in.
        PasswordDue = "password_due",
        /// Kept out, by the business or by the client's own people.
        Disabled = "disabled",
        /// Has not accepted the invitation yet.
        Invited = "invited",
        /// Did not accept it in time.
        Expired = "expired",
        /// Was invited by one of the client's own people, and the invitation was withdrawn.
        Withdrawn = "withdrawn",
    }
}

impl From<portal_user::Status> for Status {
    fn from(status: portal_user::Status) -> Self {
        match status {
            portal_user::Status::Active => Self::Active,
            portal_user::Status::PasswordDue => Self::PasswordDue,
            portal_user::Status::Disabled | portal_user::Status::Deleted => Self::Disabled,
        }
    }
}

/// Which of a client's people are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Filter {
    /// Whose: those whom the reader looks after.
    pub charge: Charge,
    /// Those of this group.
    pub group: Option<GroupId>,
}

/// A question to the list.
pub type Ask = listing::Ask<Filter, Sort>;

/// One of a client's people, as a line of the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The contact: what addresses name.
    pub contact: ContactId,
    /// Who is in: the portal user and the tie.
    pub linked: Option<(PortalUserId, LinkId)>,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub group_name: String,
    /// The role.
    pub role: Role,
    /// How they stand.
    pub status: Status,
    /// When they last signed in.
    pub last_sign_in_at: Option<Instant>,
    /// The client whose own people disabled them, if one's did.
    pub disabled_client: Option<ClientId>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    contact_id: ContactId,
    portal_user_id: Option<PortalUserId>,
    link_id: Option<LinkId>,
    name: String,
    name_key: String,
    email: String,
    group_id: GroupId,
    group_name: String,
    group_key: String,
    #[sqlx(try_from = "String")]
    role: Role,
    role_rank: i64,
    #[sqlx(try_from = "String")]
    status: Status,
    status_rank: i64,
    last_sign_in_at: Instant,
    disabled_client: Option<ClientId>,
}

impl From<Stored> for Row {
    fn from(row: Stored) -> Self {
        Self {
            contact: row.contact_id,
            linked: row.portal_user_id.zip(row.link_id),
            name: row.name,
            email: row.email,
            group: row.group_id,
            group_name: row.group_name,
            role: row.role,
            status: row.status,
            last_sign_in_at: (row.last_sign_in_at > Instant::default()).then_some(row.last_sign_in_at),
            disabled_client: row.disabled_client,
        }
    }
}

impl Row {
    /// Their group and role.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { group: self.group, role: self.role }
    }
}

impl Stored {
    fn cursor(&self, sort: Sort) -> Cursor {
        let key = match sort {
            Sort::Name => Key::Text(self.name_key.clone()),
            Sort::Group => Key::Text(self.group_key.clone()),
            Sort::Role => Key::Number(self.role_rank),
            Sort::Status => Key::Number(self.status_rank),
            Sort::LastSignIn => Key::Number(self.last_sign_in_at.micros()),
        };
        Cursor { key, id: self.contact_id.0 }
    }
}

/// Both kinds of people, as one table `p`: `$1` is the business, `$2` the client, `$3` the moment.
macro_rules! people {
    ($select:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM (
                SELECT l.contact_id, l.portal_user_id, l.id AS link_id, u.name, u.name_key, u.email, u.email_key, l.group_id,
                    g.name AS group_name, CASE g.kind WHEN 'default' THEN '' ELSE g.name_key END AS group_key, l.role,
                    u.status, u.status_rank, u.last_sign_in_at, u.disabled_client
                FROM link l
                JOIN portal_user u ON u.business_id = l.business_id AND u.id = l.portal_user_id
                JOIN user_group g ON g.business_id = l.business_id AND g.id = l.group_id
                WHERE l.business_id = $1 AND l.client_id = $2 AND l.state = 'active'
                UNION ALL
                SELECT i.contact_id, NULL, NULL, c.first_name || ' ' || c.last_name, c.name_key, i.email, c.email_key, i.group_id,
                    g.name, CASE g.kind WHEN 'default' THEN '' ELSE g.name_key END, i.role,
                    CASE WHEN i.expires_at <= $3 THEN 'expired' ELSE 'invited' END,
                    CAST(CASE WHEN i.expires_at <= $3 THEN 6 ELSE 5 END AS BIGINT), CAST(0 AS BIGINT), NULL
                FROM invitation i
                JOIN contact c ON c.business_id = i.business_id AND c.id = i.contact_id
                JOIN user_group g ON g.business_id = i.business_id AND g.id = i.group_id
                WHERE i.business_id = $1 AND i.client_id = $2 AND i.state = 'open'
                UNION ALL
                SELECT i.contact_id, NULL, NULL, c.first_name || ' ' || c.last_name, c.name_key, i.email, c.email_key, i.group_id,
                    g.name, CASE g.kind WHEN 'default' THEN '' ELSE g.name_key END, i.role, 'withdrawn', CAST(7 AS BIGINT),
                    CAST(0 AS BIGINT), NULL
                FROM invitation i
                JOIN contact c ON c.business_id = i.business_id AND c.id = i.contact_id AND c.portal = 'none'
                JOIN user_group g ON g.business_id = i.business_id AND g.id = i.group_id
                WHERE i.business_id = $1 AND i.client_id = $2 AND i.state = 'revoked' AND i.inviter = 'client'
                    AND NOT EXISTS (SELECT 1 FROM invitation n
                        WHERE n.business_id = i.business_id AND n.contact_id = i.contact_id AND n.id > i.id)
            ) p WHERE 1 = 1"
        )
    };
}

const ROWS: &str = people!(
    "contact_id, portal_user_id, link_id, name, name_key, email, group_id, group_name, group_key, role,
     CAST(CASE role WHEN 'global_admin' THEN 1 WHEN 'group_manager' THEN 2 ELSE 3 END AS BIGINT) AS role_rank,
     status, status_rank, last_sign_in_at, disabled_client"
);

/// The pieces of a statement that depend on the column.
struct Column {
    behind: &'static str,
    before: &'static str,
    up: &'static str,
    down: &'static str,
}

macro_rules! column {
    ($column:literal) => {
        Column {
            behind: concat!("AND (", $column, " > ? OR (", $column, " = ? AND contact_id > ?))"),
            before: concat!("AND (", $column, " < ? OR (", $column, " = ? AND contact_id < ?))"),
            up: concat!("ORDER BY ", $column, ", contact_id"),
            down: concat!("ORDER BY ", $column, " DESC, contact_id DESC"),
        }
    };
}

fn column(sort: Sort) -> Column {
    match sort {
        Sort::Name => column!("name_key"),
        Sort::Group => column!("group_key"),
        Sort::Role => column!("CASE role WHEN 'global_admin' THEN 1 WHEN 'group_manager' THEN 2 ELSE 3 END"),
        Sort::Status => column!("status_rank"),
        Sort::LastSignIn => column!("last_sign_in_at"),
    }
}

fn begin(scope: &Scope, text: &'static str, client: ClientId) -> Query {
    Query::new(text).bind(scope.business).bind(client).bind(scope.now)
}

fn kept(query: Query, filter: &Filter) -> Query {
    let query = match filter.charge {
        Charge::Everybody => query,
        // Nobody above them: a Global Admin is in no group that somebody manages.
        Charge::Group(own) => query.and_with("AND group_id = ?", [own.into()]),
    };
    match filter.group {
        Some(group) => query.and_with("AND group_id = ?", [group.into()]),
        None => query,
    }
}

/// Keeps whose name or address contains what was typed.
fn searched(query: Query, typed: &str) -> Query {
    let mut pattern = String::from("%");
    for c in fold(typed).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    if pattern.len() == 1 {
        return query;
    }
    pattern.push('%');
    query.and_with(
        "AND (name_key LIKE ? ESCAPE '!' OR email_key LIKE ? ESCAPE '!')",
        [pattern.as_str().into(), pattern.as_str().into()],
    )
}

/// A page of the list, with what was typed into its search.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(scope: &mut Scope, client: ClientId, ask: &Ask, typed: &str) -> Result<Listed<Row>> {
    let wanted = |query: Query| searched(kept(query, &ask.filter), typed);
    let counted: (i64,) = wanted(begin(scope, people!("COUNT(*)"), client)).one(&mut scope.tx, "The client").await?;
    let column = column(ask.sort);
    let text = matches!(ask.sort, Sort::Name | Sort::Group);
    // A cursor of another order is a forged one, or an old address: the list is then read from its beginning.
    let fits = |cursor: &&Cursor| matches!(cursor.key, Key::Text(_)) == text;
    let (cursor, reading) = match &ask.position {
        Position::Start => (None, ask.direction),
        Position::After(cursor) => (Some(cursor), ask.direction),
        Position::Before(cursor) => (Some(cursor), ask.direction.turned()),
    };
    let cursor = cursor.filter(fits);
    let (position, reading) = match cursor {
        Some(_) => (ask.position.clone(), reading),
        None => (Position::Start, ask.direction),
    };
    let (compared, order) = match reading {
        Direction::Ascending => (column.behind, column.up),
        Direction::Descending => (column.before, column.down),
    };
    let mut query = wanted(begin(scope, ROWS, client));
    if let Some(cursor) = cursor {
        query = query.and_with(compared, [(&cursor.key).into(), (&cursor.key).into(), cursor.id.into()]);
    }
    let rows = i64::try_from(ask.size.rows() + 1).unwrap_or(i64::MAX);
    let read: Vec<Stored> = query.and(order).and_with("LIMIT ?", [rows.into()]).all(&mut scope.tx).await?;
    let first = (position == Position::Start && !read.is_empty()).then_some(1);
    let Page { rows, previous, next } = Page::of(read, ask.size, &position, |row| row.cursor(ask.sort));
    let page = Page { rows: rows.into_iter().map(Row::from).collect(), previous, next };
    Ok(Listed { page, total: Total::Exactly(counted.0), first })
}

/// One of a client's people, if the reader looks after them.
///
/// # Errors
/// `NotFound`, also for one whom the reader does not look after.
pub async fn find(scope: &mut Scope, client: ClientId, charge: Charge, contact: ContactId) -> Result<Row> {
    let query = kept(begin(scope, ROWS, client), &Filter { charge, group: None });
    let row: Stored =
        query.and_with("AND contact_id = ?", [contact.into()]).one(&mut scope.tx, "The portal user").await?;
    Ok(row.into())
}

/// How many people a client has in each group: those who are in, and those who are invited. Whose invitation was withdrawn is none
/// of them any more.
///
/// # Errors
/// When the database cannot be read.
pub async fn per_group(scope: &mut Scope, client: ClientId) -> Result<Vec<(GroupId, i64)>> {
    begin(scope, people!("group_id, COUNT(*)"), client)
        .and("AND status <> 'withdrawn' GROUP BY group_id")
        .all(&mut scope.tx)
        .await
}
