use super::{Company, acting, link_of};
use crate::world::{Everything, PASSWORD, Person, World, both, knock};
use axum::http::StatusCode;
use futures_util::future::join_all;
use vestibule::access::{Actor, Role};
use vestibule::base::{Error, Result};
use vestibule::business::Switch;
use vestibule::link::keeping::{self, Disabling};
use vestibule::link::places::Place;
use vestibule::link::{self, places};
use vestibule::portal_user::{Behalf, Status};
use vestibule::{client, door, invitation, portal_user};

async fn disable(w: &World, by: &Actor, person: &Person) -> Result<()> {
    keeping::disable(&w.app, by, person.user, link_of(w, person.contact).await.id).await
}

async fn enable(w: &World, by: &Actor, person: &Person) -> Result<()> {
    keeping::enable(&w.app, by, person.user, link_of(w, person.contact).await.id).await
}

async fn user(w: &World, person: &Person) -> portal_user::PortalUser {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    portal_user::store::find(&mut look, person.user).await.unwrap()
}

async fn status(w: &World, person: &Person) -> Status {
    user(w, person).await.status()
}

fn shut(done: &Result<()>) -> bool {
    matches!(done, Err(Error::Shut(_)))
}

/// What is said where something is refused.
fn refused(done: Result<()>) -> String {
    match done {
        Err(Error::Refused(why)) => why.to_string(),
        other => panic!("{other:?}"),
    }
}

async fn gets_in(w: &World, person: &Person) -> bool {
    w.door_of(&person.token, person.client).await.is_ok_and(|door| door.closed().is_none())
}

async fn signs_in(w: &World, person: &Person) -> bool {
    w.sign_in(knock(&person.email, PASSWORD)).await.is_ok()
}

/// Links somebody to another client, too.
async fn also_at(w: &World, person: &Person, name: &str) -> Person {
    let other = w.client(name).await;
    let contact = w.contact(&person.email, &other).await;
    let secret = w.invite(&w.operator(), &contact).await;
    door::invitation::accept(&w.app, &secret, &w.door(&person.token).await.unwrap()).await.unwrap();
    Person { contact: contact.id, client: other.id, ..person.clone() }
}

both! {
    async fn u5_s37_a_colleague_whom_an_admin_disables_is_out_at_once_and_in_again_when_enabled(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        assert!(gets_in(&w, &c.clerk).await);
        disable(&w, &priya, &c.clerk).await.unwrap();
        assert!(!gets_in(&w, &c.clerk).await, "from the very next request");
        assert!(!signs_in(&w, &c.clerk).await);
        let kept = user(&w, &c.clerk).await.disabled.unwrap();
        assert_eq!((kept.by.as_str(), kept.behalf), ("Priya Raman", Behalf::Client(c.client.id)));
        assert!(refused(disable(&w, &priya, &c.clerk).await).contains("disabled already"));
        enable(&w, &priya, &c.clerk).await.unwrap();
        assert!(signs_in(&w, &c.clerk).await);
        assert!(refused(enable(&w, &priya, &c.clerk).await).contains("not disabled"));
        let told: Vec<String> = w.audit().await.iter().filter_map(|told| told.entry.as_ref().map(|entry| entry.kind())).collect();
        assert_eq!(told.iter().filter(|kind| kind.starts_with("portal_user_")).count(), 2, "each once: {told:?}");
    }

    async fn rule10_a_colleagues_disabling_voids_the_links_to_a_new_password(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        places::send_reset(&w.app, &priya, c.clerk.user, link_of(&w, c.clerk.contact).await.id).await.unwrap();
        disable(&w, &priya, &c.clerk).await.unwrap();
        let mail = w.mail_to(&c.clerk.email).await;
        assert!(!mail.iter().any(|letter| letter.plain.contains("/reset/")), "it had not gone yet, and does not go");
    }

    async fn u5_a_group_manager_disables_and_enables_the_members_of_their_group_alone(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let beatrix = acting(&w, &c.manager).await;
        for other in [&c.admin, &c.clerk] {
            assert!(shut(&disable(&w, &beatrix, other).await));
        }
        w.place(&c.clerk, Some(c.crew), Role::GroupManager).await;
        assert!(shut(&disable(&w, &beatrix, &c.clerk).await), "one who looks after the same group");
        disable(&w, &beatrix, &c.hand).await.unwrap();
        assert!(!gets_in(&w, &c.hand).await);
        enable(&w, &beatrix, &c.hand).await.unwrap();
        assert!(signs_in(&w, &c.hand).await);
        // Whom the Global Admin took out of the group, or raised, is theirs no longer.
        disable(&w, &beatrix, &c.hand).await.unwrap();
        w.place(&c.hand, None, Role::Member).await;
        assert!(shut(&enable(&w, &beatrix, &c.hand).await));
        enable(&w, &acting(&w, &c.admin).await, &c.hand).await.unwrap();
    }

    async fn s45_a_group_manager_lets_no_fellow_manager_in_by_moving_them_first(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        w.place(&c.clerk, Some(c.crew), Role::GroupManager).await;
        disable(&w, &priya, &c.clerk).await.unwrap();
        let fellow = link_of(&w, c.clerk.contact).await;
        let below = Place { group: c.crew, role: Role::Member };
        assert!(shut(&places::place(&w.app, &beatrix, c.clerk.user, fellow.id, fellow.place(), below).await));
        assert!(shut(&places::unlink(&w.app, &beatrix, c.clerk.user, fellow.id).await), "nor by removing and inviting again");
        assert_eq!((status(&w, &c.clerk).await, link_of(&w, c.clerk.contact).await.place()), (Status::Disabled, fellow.place()));
        // Neither is offered, and neither page is there by its address.
        let mut pages = w.portal(&c.manager.token);
        let company = format!("/portal/{}/clients/{}/company", w.business.slug, c.client.id);
        let list = pages.get(&company).await.body;
        for page in ["place", "remove"] {
            assert!(list.contains(&format!("{}/{page}", c.hand.contact)), "{page} of a member");
            assert!(!list.contains(&format!("{}/{page}", c.clerk.contact)), "{page} of a fellow manager");
            let reply = pages.get(&format!("{company}/users/{}/{page}", c.clerk.contact)).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{page}");
        }
        enable(&w, &priya, &c.clerk).await.unwrap();
        places::place(&w.app, &beatrix, c.clerk.user, fellow.id, fellow.place(), below).await.unwrap();
    }

    async fn s44_members_strangers_and_those_without_delegation_disable_nobody(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let other = Company::of(&w, "Dockside").await;
        let priya = acting(&w, &c.admin).await;
        let (joel, stranger) = (acting(&w, &c.clerk).await, acting(&w, &other.admin).await);
        assert!(shut(&disable(&w, &joel, &c.hand).await));
        assert!(matches!(disable(&w, &stranger, &c.hand).await, Err(Error::NotFound(_))));
        let foreign = link_of(&w, other.hand.contact).await.id;
        assert!(matches!(keeping::disable(&w.app, &stranger, c.hand.user, foreign).await, Err(Error::NotFound(_))), "a link of another");
        disable(&w, &priya, &c.hand).await.unwrap();
        assert!(matches!(enable(&w, &stranger, &c.hand).await, Err(Error::NotFound(_))));
        client::acts::switch_delegation(&w.app, &w.operator(), c.client.id, Switch::Off).await.unwrap();
        assert!(shut(&disable(&w, &priya, &c.clerk).await) && shut(&enable(&w, &priya, &c.hand).await));
        assert_eq!((status(&w, &c.clerk).await, status(&w, &c.hand).await), (Status::Active, Status::Disabled));
    }

    async fn s45_whom_the_business_disabled_no_colleague_enables_and_the_business_enables_everybody(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let nadia = w.staff("nadia").may(Everything).await.actor;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        portal_user::acts::disable(&w.app, &nadia, c.hand.user, None).await.unwrap();
        for colleague in [&priya, &beatrix] {
            assert!(refused(enable(&w, colleague, &c.hand).await).contains("disabled by the business"));
        }
        portal_user::acts::enable(&w.app, &nadia, c.hand.user).await.unwrap();
        disable(&w, &beatrix, &c.hand).await.unwrap();
        portal_user::acts::enable(&w.app, &nadia, c.hand.user).await.unwrap();
        // What a colleague did, the business may make its own.
        disable(&w, &beatrix, &c.hand).await.unwrap();
        portal_user::acts::disable(&w.app, &nadia, c.hand.user, None).await.unwrap();
        assert!(refused(enable(&w, &priya, &c.hand).await).contains("disabled by the business"));
        assert!(matches!(portal_user::acts::disable(&w.app, &nadia, c.hand.user, None).await, Err(Error::Refused(_))), "once");
        // The act of My company does the same on the business's behalf.
        enable(&w, &nadia, &c.hand).await.unwrap();
        disable(&w, &nadia, &c.hand).await.unwrap();
        assert_eq!(user(&w, &c.hand).await.disabled.unwrap().behalf, Behalf::Business);
    }

    async fn s44_whoever_is_also_another_clients_is_not_disabled_by_one_of_them(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let elsewhere = also_at(&w, &c.clerk, "Dockside").await;
        let link = link_of(&w, c.clerk.contact).await.id;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let foreseen = keeping::foresee(&mut look, &priya, c.clerk.user, link).await.unwrap();
        drop(look);
        assert_eq!(foreseen, Disabling::AlsoElsewhere);
        let said = refused(disable(&w, &priya, &c.clerk).await);
        assert!(said.contains("also belongs to other clients") && !said.contains("Dockside"), "{said}");
        assert!(gets_in(&w, &c.clerk).await && gets_in(&w, &elsewhere).await);
        // An invitation that waits elsewhere is another client's affair as well.
        let dockside = w.client("Dockside North").await;
        let waiting = w.contact(&c.hand.email, &dockside).await;
        let secret = w.invite(&w.operator(), &waiting).await;
        assert!(refused(disable(&w, &priya, &c.hand).await).contains("also belongs to other clients"));
        // Removed, they keep what is elsewhere.
        places::unlink(&w.app, &priya, c.clerk.user, link).await.unwrap();
        assert!(!gets_in(&w, &c.clerk).await && gets_in(&w, &elsewhere).await);
        door::invitation::accept(&w.app, &secret, &w.door(&c.hand.token).await.unwrap()).await.unwrap();
    }

    async fn rule11_what_a_client_shut_ends_with_the_link_and_what_the_business_shut_stays(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        disable(&w, &priya, &c.clerk).await.unwrap();
        places::unlink(&w.app, &priya, c.clerk.user, link_of(&w, c.clerk.contact).await.id).await.unwrap();
        assert_eq!(status(&w, &c.clerk).await, Status::Active);
        let contact = w.contact_now(c.clerk.contact).await;
        let secret = w.invite(&w.operator(), &contact).await;
        let token = w.sign_in(knock(&c.clerk.email, PASSWORD)).await.unwrap();
        door::invitation::accept(&w.app, &secret, &w.door(&token).await.unwrap()).await.unwrap();
        assert!(w.door_of(&token, c.client.id).await.unwrap().closed().is_none(), "let in again, they get in again");
        disable(&w, &priya, &c.hand).await.unwrap();
        link::acts::block(&w.app, &w.operator(), c.hand.contact, None).await.unwrap();
        assert_eq!(status(&w, &c.hand).await, Status::Active);
        portal_user::acts::disable(&w.app, &w.operator(), c.manager.user, None).await.unwrap();
        places::unlink(&w.app, &priya, c.manager.user, link_of(&w, c.manager.contact).await.id).await.unwrap();
        assert_eq!(status(&w, &c.manager).await, Status::Disabled);
    }

    async fn s11_who_a_colleague_disabled_is_told_whom_to_ask_and_at_the_door_nothing(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, nadia) = (acting(&w, &c.admin).await, w.staff("nadia").may(Everything).await.actor);
        // A session that also opens another business's door goes on.
        let other = w.another("Overseas Freight").await;
        let theirs = other.contact(&c.clerk.email, &other.client("Copper").await).await;
        let secret = other.invite(&other.operator(), &theirs).await;
        door::invitation::accept(&other.app, &secret, &other.door(&c.clerk.token).await.unwrap()).await.unwrap();
        let waiting = w.contact("joel.again@client.test", &w.client("Dockside").await).await;
        let again = w.invite(&w.operator(), &waiting).await;
        disable(&w, &priya, &c.clerk).await.unwrap();
        let home = format!("/portal/{}", w.business.slug);
        let shown = async || {
            let page = w.portal(&c.clerk.token).get(&home).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN);
            page.body
        };
        let (admin, business) = ("Ask a Global Admin of Bramble Civil to switch it on again.", "Ask them to switch it on again.");
        let page = shown().await;
        assert!(page.contains(admin) && !page.contains("Priya") && !page.contains(business), "{page}");
        // Nor does another invitation bring them back, and it says the same.
        let refused = door::invitation::accept(&w.app, &again, &w.door(&c.clerk.token).await.unwrap()).await.unwrap_err();
        assert!(refused.to_string().contains(admin), "{refused}");
        let sign_in = format!("{home}/sign-in");
        let knocks = [(c.clerk.email.as_str(), PASSWORD), (c.clerk.email.as_str(), "wrong"), ("nobody@client.test", PASSWORD)];
        for (email, password) in knocks {
            let said = w.browser().post(&sign_in, &[("email", email), ("password", password), ("next", "")]).await;
            assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(said.body.contains("don’t match an account") && !said.body.contains("Global Admin"), "{}", said.body);
        }
        // Where nobody of the client can take it back, the business is asked.
        client::acts::switch_delegation(&w.app, &w.operator(), c.client.id, Switch::Off).await.unwrap();
        assert!(shown().await.contains(business));
        client::acts::switch_delegation(&w.app, &w.operator(), c.client.id, Switch::On).await.unwrap();
        assert!(shown().await.contains(admin));
        portal_user::acts::disable(&w.app, &nadia, c.admin.user, None).await.unwrap();
        assert!(shown().await.contains(business), "the only Global Admin does not get in");
        portal_user::acts::enable(&w.app, &nadia, c.admin.user).await.unwrap();
        portal_user::acts::disable(&w.app, &nadia, c.clerk.user, None).await.unwrap();
        let page = shown().await;
        assert!(page.contains(business) && !page.contains("Bramble"), "{page}");
    }

    async fn rule10_an_invitation_brings_nobody_back_whom_a_colleague_disabled(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        disable(&w, &priya, &c.clerk).await.unwrap();
        let dockside = w.client("Dockside").await;
        let contact = w.contact(&c.clerk.email, &dockside).await;
        assert!(invitation::acts::invite(&w.app, &w.operator(), contact.id).await.is_ok());
        assert!(!signs_in(&w, &c.clerk).await);
        assert_eq!(status(&w, &c.clerk).await, Status::Disabled);
    }

    async fn p8_staff_are_told_which_gate_is_closed_and_who_of_the_client_closed_it(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        disable(&w, &acting(&w, &c.admin).await, &c.clerk).await.unwrap();
        let nadia = w.staff("nadia").may(Everything).await;
        let mut staff = w.console(&nadia.token);
        let page = staff.get(&format!("/console/portal-users/{}", c.clerk.user)).await;
        assert!(page.body.contains("Disabled by Priya Raman, who looks after the client’s users, on"), "{}", page.body);
        assert!(page.body.contains("/disable") && page.body.contains("/enable"), "to enable them, or to make it the business’s own");
    }

    async fn s48_of_two_global_admins_who_disable_each_other_at_once_one_stays(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        w.place(&c.clerk, None, Role::GlobalAdmin).await;
        let admins = [&c.admin, &c.clerk];
        let links = [link_of(&w, c.admin.contact).await.id, link_of(&w, c.clerk.contact).await.id];
        let actors = [acting(&w, &c.admin).await, acting(&w, &c.clerk).await];
        assert!(refused(keeping::disable(&w.app, &actors[0], c.admin.user, links[0]).await).contains("disable yourself"));
        // Each disables the other; some remove the other, and some try it on themselves.
        let tries = (0..100).map(|n| {
            let (w, who) = (w.clone(), actors[n % 2].clone());
            let whom = if n % 7 == 0 { n % 2 } else { 1 - n % 2 };
            let (user, link) = (admins[whom].user, links[whom]);
            tokio::spawn(async move {
                if n % 5 == 0 {
                    places::unlink(&w.app, &who, user, link).await
                } else {
                    keeping::disable(&w.app, &who, user, link).await
                }
            })
        });
        let done: usize = join_all(tries).await.into_iter().filter(|done| done.as_ref().unwrap().is_ok()).count();
        // Whoever was disabled may be removed then by the one who stayed.
        assert!((1..=2).contains(&done), "{done} of a hundred went through");
        let mut left = 0;
        for person in admins {
            left += usize::from(gets_in(&w, person).await);
        }
        assert_eq!(left, 1);
    }

    async fn u5_disabling_and_enabling_on_the_pages_of_my_company(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let base = format!("/portal/{}/clients/{}/company", w.business.slug, c.client.id);
        let path = |person: &Person, page: &str| format!("{base}/users/{}/{page}", person.contact);
        let mut priya = w.portal(&c.admin.token);
        let list = priya.get(&base).await.body;
        assert!(list.contains(&path(&c.clerk, "disable")) && !list.contains(&path(&c.admin, "disable")), "{list}");
        let question = priya.get(&path(&c.clerk, "disable")).await;
        assert!(question.status == StatusCode::OK && question.body.contains("Yes, disable Joel Okafor"), "{}", question.body);
        assert_eq!(priya.post(&path(&c.clerk, "disable"), &[("because", "x")]).await.status, StatusCode::BAD_REQUEST, "S46");
        assert_eq!(priya.post(&path(&c.clerk, "disable"), &[]).await.location(), base);
        let list = priya.get(&base).await.body;
        assert!(list.contains(&path(&c.clerk, "enable")) && !list.contains(&path(&c.clerk, "disable")), "{list}");
        assert_eq!(priya.get(&path(&c.clerk, "disable")).await.status, StatusCode::CONFLICT);
        assert_eq!(priya.get(&path(&c.admin, "disable")).await.status, StatusCode::CONFLICT, "not oneself");
        let question = priya.get(&path(&c.clerk, "enable")).await;
        assert!(question.body.contains("gets in again"), "{}", question.body);
        assert_eq!(priya.post(&path(&c.clerk, "enable"), &[]).await.location(), base);
        let activity = priya.get(&format!("{base}/activity")).await.body;
        assert!(activity.contains("disabled Joel Okafor") && activity.contains("enabled Joel Okafor"), "{activity}");
        // What the business shut says so, and offers nothing.
        portal_user::acts::disable(&w.app, &w.operator(), c.clerk.user, None).await.unwrap();
        let list = priya.get(&base).await.body;
        assert!(list.contains(&format!("By {}", w.business.name)) && !list.contains(&path(&c.clerk, "enable")), "{list}");
        assert_eq!(priya.get(&path(&c.clerk, "enable")).await.status, StatusCode::CONFLICT);
        // Whoever is another client's, too: why not, and what instead.
        also_at(&w, &c.hand, "Dockside").await;
        let said = priya.get(&path(&c.hand, "disable")).await;
        assert!(said.body.contains("also belongs to other clients") && said.body.contains(&path(&c.hand, "remove")), "{}", said.body);
        assert!(!said.body.contains("Dockside"));
        assert_eq!(priya.post(&path(&c.hand, "disable"), &[]).await.status, StatusCode::CONFLICT);
        // A Group Manager is offered it of members alone.
        w.place(&c.hand, Some(c.crew), Role::GroupManager).await;
        let mut beatrix = w.portal(&c.manager.token);
        let list = beatrix.get(&base).await.body;
        assert!(list.contains(&path(&c.hand, "remove")) && !list.contains("/disable"), "{list}");
        assert_eq!(beatrix.get(&path(&c.hand, "disable")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(beatrix.get(&path(&c.clerk, "disable")).await.status, StatusCode::NOT_FOUND);
    }
}
