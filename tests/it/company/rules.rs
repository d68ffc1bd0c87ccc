use super::{Company, acting, details, link_of, new};
use crate::world::{Everything, Person, World, both};
use vestibule::access::{Actor, Role};
use vestibule::base::id::LinkId;
use vestibule::base::{Error, Result};
use vestibule::business::{self, Switch};
use vestibule::contact::Standing;
use vestibule::link::acts::edit_contact;
use vestibule::link::adding::{Added, Known, add};
use vestibule::link::places::{self, Place};
use vestibule::{client, door, invitation, link, portal_user};

/// Gives somebody a place, in the name of another.
async fn place(w: &World, by: &Actor, person: &Person, to: Place) -> Result<()> {
    let link = link_of(w, person.contact).await;
    places::place(&w.app, by, person.user, link.id, link.place(), to).await
}

async fn link_id(w: &World, person: &Person) -> LinkId {
    link_of(w, person.contact).await.id
}

fn shut<T: std::fmt::Debug>(done: &Result<T>) -> bool {
    matches!(done, Err(Error::Shut(_)))
}

both! {
    async fn u5_a_group_manager_looks_after_their_own_group_alone(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let beatrix = acting(&w, &c.manager).await;
        for other in [&c.clerk, &c.admin] {
            let link = link_id(&w, other).await;
            let into = Place { group: c.crew, role: Role::Member };
            assert!(shut(&place(&w, &beatrix, other, into).await), "nobody is pulled into the group");
            assert!(shut(&places::unlink(&w.app, &beatrix, other.user, link).await));
            assert!(shut(&places::send_reset(&w.app, &beatrix, other.user, link).await));
            let contact = w.contact_now(other.contact).await;
            assert!(shut(&edit_contact(&w.app, &beatrix, contact.id, contact.version, details(&other.email)).await));
        }
        let out = Place { group: c.default, role: Role::Member };
        assert!(shut(&place(&w, &beatrix, &c.hand, out).await), "nor pushed out of it");
        place(&w, &beatrix, &c.hand, Place { group: c.crew, role: Role::GroupManager }).await.unwrap();
        place(&w, &beatrix, &c.hand, Place { group: c.crew, role: Role::Member }).await.unwrap();
        let contact = w.contact_now(c.hand.contact).await;
        edit_contact(&w.app, &beatrix, contact.id, contact.version, details(&c.hand.email)).await.unwrap();
        places::send_reset(&w.app, &beatrix, c.hand.user, link_id(&w, &c.hand).await).await.unwrap();
        places::unlink(&w.app, &beatrix, c.hand.user, link_id(&w, &c.hand).await).await.unwrap();
        assert!(w.door_of(&c.hand.token, c.client.id).await.unwrap().closed().is_some(), "from the very next request");
        w.mail_to(&c.hand.email).await;
    }

    async fn u5_members_and_people_of_elsewhere_look_after_nobody(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let other = Company::of(&w, "Dockside").await;
        let joel = acting(&w, &c.clerk).await;
        let stranger = acting(&w, &other.admin).await;
        let member = Place { group: c.default, role: Role::Member };
        assert!(shut(&place(&w, &joel, &c.hand, member).await));
        assert!(shut(&add(&w.app, &joel, new(c.client.id, "lucy@bramble.test", c.default, Role::Member)).await));
        let link = link_id(&w, &c.hand).await;
        assert!(matches!(places::unlink(&w.app, &stranger, c.hand.user, link).await, Err(Error::NotFound(_))), "S44");
        assert!(matches!(place(&w, &stranger, &c.hand, member).await, Err(Error::NotFound(_))));
        let lucy = new(c.client.id, "lucy@bramble.test", c.default, Role::Member);
        assert!(matches!(add(&w.app, &stranger, lucy).await, Err(Error::NotFound(_))));
        let contact = w.contact_now(c.hand.contact).await;
        let edited = edit_contact(&w.app, &stranger, contact.id, contact.version, details(&c.hand.email)).await;
        assert!(matches!(edited, Err(Error::NotFound(_))), "{edited:?}");
        // A Global Admin who puts one of theirs into another client's group finds none.
        let mixed = new(other.client.id, "lucy@dockside.test", c.crew, Role::Member);
        assert!(matches!(add(&w.app, &stranger, mixed).await, Err(Error::Invalid(_))));
    }

    async fn s45_nobody_invites_into_more_than_they_hold(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        let to = |group, role| new(c.client.id, "lucy@bramble.test", group, role);
        for (group, role) in [(c.default, Role::Member), (c.default, Role::GlobalAdmin), (c.crew, Role::GlobalAdmin)] {
            let added = add(&w.app, &beatrix, to(group, role)).await;
            assert!(shut(&added), "{role:?}: {added:?}");
        }
        assert!(matches!(add(&w.app, &priya, to(c.crew, Role::GlobalAdmin)).await, Err(Error::Invalid(_))), "it does not fit");
        let added = add(&w.app, &beatrix, to(c.crew, Role::GroupManager)).await.unwrap();
        let Added::Invited(contact, _) = added else { panic!("{added:?}") };
        let mail = w.mail_to("lucy@bramble.test").await;
        assert!(mail[0].plain.contains("Beatrix Holm"), "{}", mail[0].plain);
        let secret = w.secret_mailed_to("lucy@bramble.test").await;
        let lucy = w.accepts(&contact, &secret).await;
        let link = link_of(&w, lucy.contact).await;
        assert_eq!((link.group_id, link.role), (c.crew, Role::GroupManager));
    }

    async fn s45_a_waiting_invitation_is_not_moved_by_adding_once_more(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        let lucy = "lucy@bramble.test";
        let Added::Invited(contact, first) = add(&w.app, &priya, new(c.client.id, lucy, c.default, Role::GlobalAdmin)).await.unwrap() else {
            panic!("not invited")
        };
        let added = add(&w.app, &beatrix, new(c.client.id, lucy, c.crew, Role::Member)).await;
        assert!(matches!(added, Err(Error::Invalid(_))), "{added:?}");
        assert!(shut(&invitation::acts::invite(&w.app, &beatrix, contact.id).await));
        assert!(shut(&invitation::acts::revoke(&w.app, &beatrix, contact.id).await));
        let again = add(&w.app, &priya, new(c.client.id, lucy, c.crew, Role::Member)).await.unwrap();
        assert!(matches!(again, Added::Known(Known::Contact(_))), "{again:?}");
        w.pass(1);
        let resent = invitation::acts::invite(&w.app, &priya, contact.id).await.unwrap();
        assert_ne!(resent.id, first.id);
        assert_eq!((resent.group_id, resent.role), (c.default, Role::GlobalAdmin), "it offers the same");
        invitation::acts::revoke(&w.app, &priya, contact.id).await.unwrap();
        assert_eq!(w.contact_now(contact.id).await.portal.standing(), Standing::None);
        let again = invitation::acts::invite(&w.app, &priya, contact.id).await.unwrap();
        assert_eq!((again.group_id, again.role), (c.default, Role::GlobalAdmin), "what they withdrew themselves they may send again");
        // What staff invited, and took back, is not theirs to send.
        let staffs = w.contact("noor.karim@bramble.test", &c.client).await;
        w.invite(&w.operator(), &staffs).await;
        invitation::acts::revoke(&w.app, &w.operator(), staffs.id).await.unwrap();
        assert!(matches!(invitation::acts::invite(&w.app, &priya, staffs.id).await, Err(Error::Refused(_))), "nothing waits");
    }

    async fn s45_what_a_group_manager_sends_again_stays_in_their_group(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let (priya, beatrix) = (acting(&w, &c.admin).await, acting(&w, &c.manager).await);
        let lucy = new(c.client.id, "lucy@bramble.test", c.crew, Role::Member);
        let Added::Invited(contact, _) = add(&w.app, &priya, lucy).await.unwrap() else { panic!("not invited") };
        // What Priya offered is no longer good; what stands in for such an offer elsewhere is the Default group.
        w.place(&c.admin, None, Role::Member).await;
        let resent = invitation::acts::invite(&w.app, &beatrix, contact.id).await.unwrap();
        assert_eq!((resent.group_id, resent.role), (c.crew, Role::Member));
    }

    async fn s30_what_a_colleague_sent_is_good_only_while_they_look_after_others(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let Added::Invited(contact, _) = add(&w.app, &priya, new(c.client.id, "lucy@bramble.test", c.default, Role::GlobalAdmin)).await.unwrap() else {
            panic!("not invited")
        };
        let secret = w.secret_mailed_to("lucy@bramble.test").await;
        let business = w.business_now().await;
        let good = async || {
            let mut look = w.app.look_at(w.business.id).await.unwrap();
            let invitation = invitation::store::look_for(&mut look, &secret).await.unwrap().unwrap();
            let contact = w.contact_now(contact.id).await;
            link::accepting::obstacle(&mut look, &business, &invitation, &contact).await.unwrap().is_none()
        };
        assert!(good().await);
        w.place(&c.admin, None, Role::Member).await;
        assert!(!good().await, "demoted");
        w.place(&c.admin, None, Role::GlobalAdmin).await;
        assert!(good().await);
        client::acts::switch_delegation(&w.app, &w.operator(), c.client.id, Switch::Off).await.unwrap();
        assert!(!good().await, "no longer delegated");
        client::acts::switch_delegation(&w.app, &w.operator(), c.client.id, Switch::On).await.unwrap();
        portal_user::acts::disable(&w.app, &w.operator(), c.admin.user, None).await.unwrap();
        assert!(!good().await, "disabled");
    }

    async fn s48_the_last_global_admin_stays_whoever_of_the_client_asks(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let member = Place { group: c.default, role: Role::Member };
        assert!(matches!(place(&w, &priya, &c.admin, member).await, Err(Error::Refused(_))), "the only one");
        assert!(matches!(places::unlink(&w.app, &priya, c.admin.user, link_id(&w, &c.admin).await).await, Err(Error::Refused(_))));
        w.place(&c.clerk, None, Role::GlobalAdmin).await;
        portal_user::acts::disable(&w.app, &w.operator(), c.clerk.user, None).await.unwrap();
        assert!(matches!(place(&w, &priya, &c.admin, member).await, Err(Error::Refused(_))), "the other one does not get in");
        portal_user::acts::enable(&w.app, &w.operator(), c.clerk.user).await.unwrap();
        place(&w, &priya, &c.admin, member).await.unwrap();
        assert!(shut(&place(&w, &priya, &c.hand, member).await), "S47: from the very next request");
    }

    async fn delegation_holds_for_the_business_and_for_each_client_at_once(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let nadia = w.staff("nadia").may(Everything).await.actor;
        let priya = acting(&w, &c.admin).await;
        let try_it = async |address: &str| add(&w.app, &priya, new(c.client.id, address, c.default, Role::Member)).await;
        client::acts::switch_delegation(&w.app, &nadia, c.client.id, Switch::Off).await.unwrap();
        assert!(shut(&try_it("a@bramble.test").await));
        assert!(matches!(client::acts::switch_delegation(&w.app, &nadia, c.client.id, Switch::Off).await, Err(Error::Refused(_))));
        client::acts::switch_delegation(&w.app, &nadia, c.client.id, Switch::On).await.unwrap();
        try_it("b@bramble.test").await.unwrap();
        business::acts::switch_delegation(&w.app, &nadia, Switch::Off).await.unwrap();
        assert!(shut(&try_it("c@bramble.test").await));
        business::acts::switch_delegation(&w.app, &nadia, Switch::On).await.unwrap();
        try_it("d@bramble.test").await.unwrap();
        // Staff do as ever.
        business::acts::switch_delegation(&w.app, &nadia, Switch::Off).await.unwrap();
        place(&w, &nadia, &c.hand, Place { group: c.default, role: Role::Member }).await.unwrap();
        w.mail_to("d@bramble.test").await;
    }

    async fn rule3_adding_a_colleague_never_tells_what_the_address_is_elsewhere(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let dockside = w.client("Dockside").await;
        let priya = acting(&w, &c.admin).await;
        let known = w.person("tamsin.gould@dockside.test", &dockside).await;
        let gone = w.person("gone.person@dockside.test", &dockside).await;
        link::deletion::delete(&w.app, &w.operator(), gone.user).await.unwrap();
        for address in ["nobody@elsewhere.test", known.email.as_str(), gone.email.as_str()] {
            let added = add(&w.app, &priya, new(c.client.id, address, c.default, Role::Member)).await.unwrap();
            assert!(matches!(added, Added::Invited(..)), "{address}: {added:?}");
        }
        let secret = w.secret_mailed_to(&known.email).await;
        door::invitation::accept(&w.app, &secret, &w.door(&known.token).await.unwrap()).await.unwrap();
        // Blocked here is the client's own affair; it is not said who it was.
        let blocked = w.contact("kept.out@bramble.test", &c.client).await;
        link::acts::block(&w.app, &w.operator(), blocked.id, None).await.unwrap();
        let refused = add(&w.app, &priya, new(c.client.id, "kept.out@bramble.test", c.default, Role::Member)).await;
        let Err(Error::Invalid(problems)) = &refused else { panic!("{refused:?}") };
        let said = problems.of("email").unwrap();
        assert!(said.contains("can’t be added from here"), "{said}");
    }

    async fn s34_the_address_of_a_colleague_is_theirs_to_change(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let priya = acting(&w, &c.admin).await;
        let contact = w.contact_now(c.clerk.contact).await;
        let edited = edit_contact(&w.app, &priya, contact.id, contact.version, details("mine@evil.test")).await;
        assert!(matches!(edited, Err(Error::Invalid(_))), "{edited:?}");
        assert_eq!(w.contact_now(c.clerk.contact).await.version, contact.version);
    }
}
