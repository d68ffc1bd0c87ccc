//! What one of a client's own people gave, carried on by somebody else or by itself: it never becomes more than they may give, and
//! ends with their right to give it.

use super::{Company, acting, details, link_of, new};
use crate::world::{Everything, Person, World, both, origin};
use axum::http::StatusCode;
use vestibule::access::{Actor, RecordKind, Role, Sight};
use vestibule::act::Skipped;
use vestibule::base::id::ContactId;
use vestibule::base::page::{PageSize, Position};
use vestibule::base::text::Reference;
use vestibule::base::{Error, Result};
use vestibule::business::Switch;
use vestibule::contact::{Contact, Standing};
use vestibule::invitation::{self, Invitation, Side};
use vestibule::link::acts::edit_contact;
use vestibule::link::adding::{Added, Known, add};
use vestibule::link::places;
use vestibule::record::{Sharing, tell};
use vestibule::request::{self, Request, State, Wish};
use vestibule::{client, group, link, portal_user};

const MAL: &str = "mal@evil.test";

/// Invites somebody new into a place, as one of the client's own people.
async fn brings(w: &World, by: &Actor, c: &Company, address: &str, into: places::Place) -> Contact {
    w.pass(1);
    match add(&w.app, by, new(c.client.id, address, into.group, into.role)).await.unwrap() {
        Added::Invited(contact, _) => *contact,
        Added::Known(known) => panic!("not invited: {known:?}"),
    }
}

/// Somebody asks for access; what became of it.
async fn asks(w: &World, address: &str, reference: &Reference) -> Request {
    w.pass(1);
    let wish = Wish { email: crate::world::email(address), reference: reference.clone(), name: None };
    request::acts::ask(&w.app, &w.business, &wish, origin("192.0.2.90")).await.unwrap();
    w.mail_to("nobody@nowhere.test").await;
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    request::store::list(&mut look, State::ALL, &Position::Start, PageSize::asked(Some(100)))
        .await
        .unwrap()
        .rows
        .remove(0)
}

/// Staff invite many at once; whether this one was skipped.
async fn invited_among_many(w: &World, by: &Actor, contact: ContactId) -> Result<(), Skipped> {
    w.pass(1);
    let mut act = w.app.begin(by).await.unwrap();
    let foreseen = invitation::deeds::foresee(&mut act, &[contact]).await.unwrap().remove(0).1;
    let done = invitation::deeds::invite(&mut act, &[contact]).await.unwrap().remove(0).1;
    act.commit_all(Vec::new()).await.unwrap();
    assert_eq!(foreseen, done);
    done
}

async fn open(w: &World, contact: ContactId) -> Option<Invitation> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    invitation::store::open_of_contact(&mut look, contact).await.unwrap()
}

/// Whether a contact's open invitation can be accepted now.
async fn good(w: &World, contact: ContactId) -> bool {
    let invitation = open(w, contact).await.unwrap();
    let contact = w.contact_now(contact).await;
    let business = w.business_now().await;
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    link::accepting::obstacle(&mut look, &business, &invitation, &contact).await.unwrap().is_none()
}

async fn delegate(w: &World, c: &Company, to: Switch) {
    client::acts::switch_delegation(&w.app, &w.operator(), c.client.id, to).await.unwrap();
}

async fn removes(w: &World, person: &Person) {
    let link = link_of(w, person.contact).await.id;
    places::unlink(&w.app, &w.operator(), person.user, link).await.unwrap();
}

fn said_about_the_address(refused: &Result<Added>) -> String {
    let Err(Error::Invalid(problems)) = refused else { panic!("{refused:?}") };
    problems.of("email").unwrap().to_owned()
}

both! {
    async fn s45_asking_for_access_is_no_way_out_of_a_managers_group(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let nadia = w.staff("nadia").may(Everything).await.actor;
        let beatrix = acting(&w, &c.manager).await;
        let crew = places::Place { group: c.crew, role: Role::Member };
        let mal = brings(&w, &beatrix, &c, MAL, crew).await;
        invitation::acts::revoke(&w.app, &beatrix, mal.id).await.unwrap();
        let mails = w.mail_to(MAL).await.len();
        let request = asks(&w, MAL, &c.client.reference).await;
        assert_eq!((request.state, open(&w, mal.id).await.is_some()), (State::Waiting, false));
        // Nor does mail that goes out by itself invite them, nor staff who do not look.
        tell::choose(&w.app, &nadia, mal.id, Sight::everything()).await.unwrap();
        w.share(&c.client, RecordKind::Docket, "D-1", Sharing::Client).await;
        assert!(open(&w, mal.id).await.is_none());
        let Err(skipped) = invited_among_many(&w, &nadia, mal.id).await else { panic!("invited unseen") };
        assert_eq!(skipped.obstacle().code(), "brought_by_colleague");
        assert_eq!(w.mail_to(MAL).await.len(), mails + 1, "the docket, and no way in");
        assert!(!w.mail_to(MAL).await[0].plain.contains("/invitation/"));
        // Staff who look at them may, and see who brought them.
        let token = w.staff("olga").may(Everything).await.token;
        let page = w.console(&token).get(&format!("/console/requests/{}", request.id)).await.body;
        assert!(page.contains("Last invited by Beatrix Holm, one of the client’s own people, as Member"), "{page}");
        request::acts::approve(&w.app, &nadia, request.id, mal.id).await.unwrap();
        let invited = open(&w, mal.id).await.unwrap();
        assert_eq!((invited.group_id, invited.role, invited.inviter), (c.default, Role::Member, Side::Business));
    }

    async fn u5_whom_a_colleague_brought_is_seen_in_my_company_also_when_withdrawn(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        let default = places::Place { group: c.default, role: Role::Member };
        let crew = places::Place { group: c.crew, role: Role::Member };
        let mal = brings(&w, &beatrix, &c, MAL, crew).await;
        let lucy = brings(&w, &priya, &c, "lucy@bramble.test", default).await;
        w.pass(1);
        for (by, contact) in [(&beatrix, mal.id), (&priya, lucy.id)] {
            invitation::acts::revoke(&w.app, by, contact).await.unwrap();
        }
        let company = format!("/portal/{}/clients/{}/company", w.business.slug, c.client.id);
        let all = w.portal(&c.admin.token).get(&company).await.body;
        assert!(all.contains(MAL) && all.contains("lucy@bramble.test") && all.contains("Invitation withdrawn"), "{all}");
        let mut manager = w.portal(&c.manager.token);
        let own = manager.get(&company).await.body;
        assert!(own.contains(MAL) && !own.contains("lucy@bramble.test"), "{own}");
        let theirs = format!("{company}/users/{}", mal.id);
        for page in [theirs.clone(), format!("{theirs}/remove")] {
            assert_eq!(manager.get(&page).await.status, StatusCode::NOT_FOUND, "{page}: there is nothing to do but to invite again");
        }
        assert_eq!(manager.post(&format!("{company}/users/{}/invite", lucy.id), &[]).await.status, StatusCode::NOT_FOUND);
        assert!(matches!(invitation::acts::invite(&w.app, &beatrix, lucy.id).await, Err(Error::Shut(_))));
        assert!(manager.get(&format!("{theirs}/invite")).await.body.contains("was withdrawn"));
        assert_eq!(manager.post(&format!("{theirs}/invite"), &[]).await.status, StatusCode::SEE_OTHER);
        let again = open(&w, mal.id).await.unwrap();
        assert_eq!((again.group_id, again.role, again.inviter), (c.crew, Role::Member, Side::Client));
        // A group that is deleted leaves nobody behind unseen.
        invitation::acts::revoke(&w.app, &beatrix, mal.id).await.unwrap();
        group::acts::delete(&w.app, &priya, (c.client.id, c.crew)).await.unwrap();
        let all = w.portal(&c.admin.token).get(&company).await.body;
        assert!(all.contains(MAL), "{all}");
    }

    async fn s30_what_a_colleague_gave_ends_with_their_right_whoever_sends_it_again(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let nadia = w.staff("nadia").may(Everything).await.actor;
        let priya = acting(&w, &c.admin).await;
        let admin = places::Place { group: c.default, role: Role::GlobalAdmin };
        let mal = brings(&w, &priya, &c, MAL, admin).await;
        // By themselves, nobody sends it again; by staff it stays hers.
        let request = asks(&w, MAL, &c.client.reference).await;
        assert_eq!(request.state, State::Waiting);
        w.pass(1);
        request::acts::approve(&w.app, &nadia, request.id, mal.id).await.unwrap();
        for round in 0..3 {
            let offered = open(&w, mal.id).await.unwrap();
            assert_eq!((offered.role, offered.inviter, offered.invited_by), (Role::GlobalAdmin, Side::Client, c.admin.user.0));
            assert!(good(&w, mal.id).await);
            delegate(&w, &c, Switch::Off).await;
            assert!(!good(&w, mal.id).await, "round {round}: it ends with the delegation");
            delegate(&w, &c, Switch::On).await;
            w.pass(1);
            match round {
                0 => invited_among_many(&w, &nadia, mal.id).await.unwrap(),
                _ => invitation::acts::invite(&w.app, &nadia, mal.id).await.map(|_| ()).unwrap(),
            }
        }
        assert!(w.mail_to(MAL).await[0].plain.contains("Priya Raman"), "and is sent in her name");
        // What is no longer good is not carried on at all; and among many, nobody stands in for it.
        delegate(&w, &c, Switch::Off).await;
        assert!(invited_among_many(&w, &nadia, mal.id).await.is_err());
        w.pass(1);
        let anew = invitation::acts::invite(&w.app, &nadia, mal.id).await.unwrap();
        assert_eq!((anew.role, anew.inviter), (Role::Member, Side::Business));
    }

    async fn s45_a_manager_reaches_no_contact_outside_their_group_by_its_address(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        let ingrid = w.contact("ingrid.moe@bramble.test", &c.client).await;
        let blocked = w.contact("kept.out@bramble.test", &c.client).await;
        link::acts::block(&w.app, &w.operator(), blocked.id, None).await.unwrap();
        removes(&w, &c.clerk).await;
        let invited = brings(&w, &priya, &c, "lucy@bramble.test", places::Place { group: c.default, role: Role::Member }).await;
        let mut said = Vec::new();
        for address in [
            "ingrid.moe@bramble.test",
            "kept.out@bramble.test",
            "lucy@bramble.test",
            c.clerk.email.as_str(),
            c.admin.email.as_str(),
        ] {
            let refused = add(&w.app, &beatrix, new(c.client.id, address, c.crew, Role::Member)).await;
            said.push(said_about_the_address(&refused));
        }
        assert!(said[0].contains("can’t be added from here") && said.iter().all(|one| *one == said[0]), "{said:?}");
        for contact in [ingrid.id, c.clerk.contact, invited.id] {
            let now = w.contact_now(contact).await;
            assert!(now.portal.standing() != Standing::Invited || contact == invited.id);
            let edited = edit_contact(&w.app, &beatrix, contact, now.version, details(now.details.email.as_str())).await;
            assert!(edited.is_err(), "{edited:?}");
        }
        // Whom they looked after before, they may let in again; and a Global Admin everybody.
        removes(&w, &c.hand).await;
        for (by, address, group) in
            [(&beatrix, c.hand.email.as_str(), c.crew), (&priya, "ingrid.moe@bramble.test", c.default), (&priya, c.clerk.email.as_str(), c.default)]
        {
            w.pass(1);
            let added = add(&w.app, by, new(c.client.id, address, group, Role::Member)).await.unwrap();
            assert!(matches!(added, Added::Invited(..)), "{address}: {added:?}");
        }
        let own = add(&w.app, &beatrix, new(c.client.id, &c.manager.email, c.crew, Role::Member)).await.unwrap();
        assert!(matches!(own, Added::Known(Known::Linked(_))), "{own:?}");
    }

    async fn s45_nobody_is_invited_by_itself_to_more_than_they_had(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        tell::choose(&w.app, &w.operator(), c.hand.contact, Sight::everything()).await.unwrap();
        link::acts::block(&w.app, &w.operator(), c.hand.contact, None).await.unwrap();
        link::acts::unblock(&w.app, &w.operator(), c.hand.contact).await.unwrap();
        w.share(&c.client, RecordKind::Docket, "D-1", Sharing::Client).await;
        let invited = open(&w, c.hand.contact).await.unwrap();
        assert_eq!((invited.group_id, invited.role), (c.crew, Role::Member), "where they were, and not the Default group");
        // Once that group is gone, its people belong to the Default one.
        invitation::acts::revoke(&w.app, &w.operator(), c.hand.contact).await.unwrap();
        group::acts::delete(&w.app, &w.operator(), (c.client.id, c.crew)).await.unwrap();
        w.pass(1);
        let invited = invitation::acts::invite(&w.app, &w.operator(), c.hand.contact).await.unwrap();
        assert_eq!((invited.group_id, invited.role), (c.default, Role::Member));
    }

    async fn rule3_whom_the_business_disabled_elsewhere_is_answered_like_anybody_and_stays_out(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let off = w.person("off.person@dockside.test", &w.client("Dockside").await).await;
        portal_user::acts::disable(&w.app, &w.operator(), off.user, None).await.unwrap();
        let mails = w.mail_to(&off.email).await.len();
        let company = format!("/portal/{}/clients/{}/company", w.business.slug, c.client.id);
        let mut browser = w.portal(&c.admin.token);
        let mut answers = Vec::new();
        for address in [off.email.as_str(), "nobody@nowhere.test"] {
            let form = [
                ("first_name", "Lucy"),
                ("last_name", "Moe"),
                ("title", ""),
                ("email", address),
                ("cell_phone", ""),
                ("office_phone", ""),
                ("extension", ""),
                ("group", "default"),
            ];
            let reply = browser.post(&format!("{company}/users/new"), &form).await;
            answers.push((reply.status, reply.location().to_owned()));
            let listed = browser.get(&company).await.body;
            assert!(listed.contains(address), "{listed}");
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(w.mail_to(&off.email).await.len(), mails, "they are not mailed");
        let contact = {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            vestibule::contact::store::look_for(&mut look, c.client.id, &crate::world::email(&off.email).key()).await.unwrap().unwrap()
        };
        w.pass(1);
        invitation::acts::invite(&w.app, &priya, contact.id).await.unwrap();
        assert_eq!(w.mail_to(&off.email).await.len(), mails);
        assert!(matches!(w.contact_now(contact.id).await.portal.standing(), Standing::Invited));
    }
}
