use super::{ok, page_of, path_in};
use crate::http::{Browser, Reply};
use crate::world::{Everything, PASSWORD, World, both, email, knock};
use axum::http::StatusCode;
use vestibule::access::Permission;
use vestibule::access::gates::Gate;
use vestibule::business::{self, Switch};
use vestibule::client::Client;
use vestibule::db::Query;
use vestibule::link::deletion;
use vestibule::staff::acts::Rights;
use vestibule::{contact, link, portal_user};

const NEW: &str = "/console/portal-users/new";

/// What the form posts, with what is different.
async fn add(browser: &mut Browser, client: &Client, different: &[(&str, &str)]) -> Reply {
    let id = client.id.to_string();
    let mut form = vec![
        ("client", id.as_str()),
        ("user", ""),
        ("first_name", "Ingrid"),
        ("last_name", "Solheim"),
        ("title", "Clerk"),
        ("email", "ingrid@coldstream.test"),
        ("cell_phone", "0491 570 158"),
        ("office_phone", ""),
        ("extension", ""),
        ("group", "default"),
    ];
    form.retain(|(name, _)| different.iter().all(|(other, _)| other != name));
    form.extend(different);
    browser.post(NEW, &form).await
}

async fn contacts_of(w: &World, client: &Client) -> Vec<contact::Contact> {
    let mut look = w.app.look_at(w.business.id).await.unwrap();
    contact::store::of_client(&mut look, client.id, 100).await.unwrap()
}

both! {
    async fn p4_a_portal_user_is_added_with_the_companys_email_filled_in(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE client SET email = 'office@coldstream.test' WHERE business_id = $1").bind(w.business.id).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = w.console(&nadia.token);
        assert!(ok(&mut browser, "/console/portal-users").await.body.contains(NEW));
        let chooser = ok(&mut browser, &format!("{NEW}?q=cold")).await;
        assert!(chooser.body.contains(&format!("{NEW}?client={}", coldstream.id)), "{}", chooser.body);
        assert!(ok(&mut browser, &format!("{NEW}?q=zzz")).await.body.contains("No client fits"));
        let form = ok(&mut browser, &format!("{NEW}?client={}", coldstream.id)).await;
        assert!(form.body.contains("value=\"office@coldstream.test\""), "{}", form.body);

        let done = add(&mut browser, &coldstream, &[("global_admin", "on")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let contact = contacts_of(&w, &coldstream).await.remove(0);
        assert_eq!(done.location(), format!("/console/contacts/{}", contact.id));
        assert_eq!(contact.details.email, email("ingrid@coldstream.test"));
        let secret = w.secret_mailed_to("ingrid@coldstream.test").await;
        let ingrid = w.accepts(&contact, &secret).await;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let link = link::store::of_contact(&mut look, contact.id).await.unwrap().unwrap();
        assert_eq!(link.role.code(), "global_admin");
        drop(look);
        // One company may have many.
        let second = add(&mut browser, &coldstream, &[("email", "second@coldstream.test")]).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER);
        assert!(w.door(&ingrid.token).await.is_ok());
    }

    async fn p4_resending_keeps_the_group_and_the_role_that_were_offered(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        let crew = w.group(&coldstream, "Site crew").await.to_string();
        let mut browser = w.console(&nadia.token);
        let done = add(&mut browser, &coldstream, &[("group", &crew), ("group_manager", "on"), ("global_admin", "on")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let contact = contacts_of(&w, &coldstream).await.remove(0);
        let secret = w.invite(&nadia.actor, &contact).await;
        w.accepts(&contact, &secret).await;
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let link = link::store::of_contact(&mut look, contact.id).await.unwrap().unwrap();
        assert_eq!((link.role.code(), link.group_id.to_string()), ("group_manager", crew));
    }

    async fn p4_an_address_is_used_once_and_what_is_known_is_offered(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, coldstream) = (w.client("Bramble Civil").await, w.client("Coldstream").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        let recorded = w.contact("ingrid@coldstream.test", &coldstream).await;
        let mut browser = w.console(&nadia.token);

        let contact = add(&mut browser, &coldstream, &[]).await;
        assert_eq!(contact.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(contact.body.contains("already has a contact with this email") && contact.body.contains("Invite Ingrid Coldstream"), "{}", contact.body);
        assert!(w.mail_to("ingrid@coldstream.test").await.is_empty(), "nothing was done yet");
        let meant = format!("contact:{}", recorded.id);
        assert_eq!(add(&mut browser, &coldstream, &[("meant", &meant)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(contacts_of(&w, &coldstream).await.len(), 1, "the contact stays as it was recorded");
        assert_eq!(w.contact_now(recorded.id).await.details.first_name.as_str(), "Ingrid");

        let person = add(&mut browser, &coldstream, &[("email", "Omar.Haddad@bramble.test")]).await;
        assert_eq!(person.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(person.body.contains("Omar Haddad uses this email at Bramble Civil"), "{}", person.body);
        let meant = format!("person:{}", omar.user);
        let linked = add(&mut browser, &coldstream, &[("email", "Omar.Haddad@bramble.test"), ("meant", &meant)]).await;
        assert_eq!(linked.status, StatusCode::SEE_OTHER);
        assert!(w.door_of(&omar.token, coldstream.id).await.is_err(), "S29: nothing is linked before the person accepts");
        let secret = w.secret_mailed_to("Omar.Haddad@bramble.test").await;
        let door = w.door(&omar.token).await.unwrap();
        vestibule::door::invitation::accept(&w.app, &secret, &door).await.unwrap();
        assert!(w.door_of(&omar.token, coldstream.id).await.is_ok());

        let twice = add(&mut browser, &coldstream, &[("email", "omar.haddad@bramble.test")]).await;
        assert!(twice.body.contains("Omar Haddad is already linked to Coldstream"), "{}", twice.body);
        portal_user::acts::disable(&w.app, &nadia.actor, omar.user, None).await.unwrap();
        let third = w.client("Dockside").await;
        let disabled = add(&mut browser, &third, &[("email", "omar.haddad@bramble.test"), ("meant", &meant)]).await;
        assert!(disabled.body.contains("is disabled. Enable the portal user first"), "{}", disabled.body);
    }

    async fn p4_a_blocked_address_is_not_a_way_around_the_block(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        let recorded = w.contact("ingrid@coldstream.test", &coldstream).await;
        link::acts::block(&w.app, &nadia.actor, recorded.id, None).await.unwrap();
        let mut browser = w.console(&nadia.token);
        for meant in [String::new(), format!("contact:{}", recorded.id)] {
            let refused = add(&mut browser, &coldstream, &[("meant", &meant)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains("blocked from Coldstream’s portal, by Nadia"), "{}", refused.body);
        }
        assert!(w.mail_to("ingrid@coldstream.test").await.is_empty());
    }

    async fn r3_adding_never_tells_that_somebody_has_an_account_elsewhere(w: World) {
        let other = w.another("Harbour Strata").await;
        let their = other.client("Their client").await;
        let omar = other.person("omar.haddad@bramble.test", &their).await;
        let nadia = w.staff("nadia").may(Everything).await;
        let bramble = w.client("Bramble Civil").await;
        business::acts::switch_temporary_passwords(&w.app, &nadia.actor, Switch::On).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let known = add(&mut browser, &bramble, &[("email", "omar.haddad@bramble.test"), ("way", "temporary_password")]).await;
        let new = add(&mut browser, &bramble, &[("email", "nobody@bramble.test"), ("way", "temporary_password")]).await;
        assert_eq!((known.status, new.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        // Only whoever reads the mail learns it: who has an account gets a link, and no password that could seize it.
        let mail = w.mail_to("omar.haddad@bramble.test").await.remove(0);
        assert!(mail.plain.contains("/invitation/") && !mail.plain.contains("temporary password"), "{}", mail.plain);
        assert!(w.mail_to("nobody@bramble.test").await[0].plain.contains("temporary password"));
        assert!(w.door(&omar.token).await.unwrap().user.is_none());
    }

    async fn p4_while_the_portal_is_off_the_invitation_is_held_and_goes_when_it_is_on(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let form = ok(&mut browser, &format!("{NEW}?client={}", coldstream.id)).await;
        assert!(form.body.contains("The invitation is held, and leaves when the portal is switched on"), "{}", form.body);
        let done = add(&mut browser, &coldstream, &[]).await;
        assert!(ok(&mut browser, done.location()).await.body.contains("the invitation is held"));
        assert!(w.mail_to("ingrid@coldstream.test").await.is_empty());
        // However long that takes: its days are counted from when it leaves.
        w.pass(40 * 86_400);
        let nadia_again = w.console(&w.staff("tom").may(Everything).await.token).get(done.location()).await;
        assert!(nadia_again.body.contains("Held until the portal is on"), "{}", nadia_again.body);
        business::acts::switch_portal(&w.app, &w.operator(), Switch::On).await.unwrap();
        let contact = contacts_of(&w, &coldstream).await.remove(0);
        let secret = w.secret_mailed_to("ingrid@coldstream.test").await;
        w.accepts(&contact, &secret).await;
    }

    async fn s9_a_temporary_password_is_off_until_switched_on_works_once_and_must_be_replaced(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        let mut browser = w.console(&nadia.token);
        let off = add(&mut browser, &coldstream, &[("way", "temporary_password")]).await;
        assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(off.body.contains("Temporary passwords are switched off"), "{}", off.body);
        let question = ok(&mut browser, "/console/temporary-passwords/on").await;
        assert!(question.body.contains("data-confirm"));
        assert_eq!(browser.post("/console/temporary-passwords/on", &[]).await.status, StatusCode::SEE_OTHER);
        let done = add(&mut browser, &coldstream, &[("way", "temporary_password")]).await;
        let page = ok(&mut browser, done.location()).await;

        let mail = w.mail_to("ingrid@coldstream.test").await.remove(0);
        let password = mail.plain.lines().map(str::trim).find(|line| line.len() == 34 && line.matches('-').count() == 6);
        let password = password.unwrap_or_else(|| panic!("no password in {}", mail.plain)).to_owned();
        assert!(!mail.plain.contains("/invitation/"), "one way in, not two");
        // Staff never see it, and it is stored nowhere (S25).
        assert!(!page.body.contains(&password) && !format!("{:?}", w.audit().await).contains(&password));

        // Not with another address, nor at another business.
        assert!(w.sign_in(knock("somebody@coldstream.test", &password)).await.is_err());
        let other = w.another("Harbour Strata").await;
        assert!(other.sign_in(knock("ingrid@coldstream.test", &password)).await.is_err());
        let token = w.sign_in(knock("Ingrid@coldstream.test", &password.to_uppercase())).await.unwrap();
        assert!(w.sign_in(knock("ingrid@coldstream.test", &password)).await.is_err(), "S26: it works once");
        let door = w.door(&token).await.unwrap();
        assert_eq!(door.closed(), Some(Gate::PasswordFresh), "a password of their own comes first");
        assert_eq!(door.account.name(), "Ingrid Solheim");
        let mut ingrid = w.portal(&token);
        let way_in = ingrid.get("/portal/tidewater-haulage").await;
        assert!(way_in.location().starts_with("/portal/tidewater-haulage/password"), "{}", way_in.location());
        let form = ok(&mut ingrid, way_in.location()).await;
        assert!(form.body.contains("Choose your password") && !form.body.contains("name=\"current\""), "{}", form.body);
        let set = ingrid.post("/portal/tidewater-haulage/password", &[("password", PASSWORD), ("next", "")]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
        let fresh = w.sign_in(knock("ingrid@coldstream.test", PASSWORD)).await.unwrap();
        assert!(w.door(&fresh).await.unwrap().closed().is_none());
        // From now on the current one is asked for (S8).
        let mut again = w.portal(&fresh);
        let changed = again.post("/portal/tidewater-haulage/password", &[("password", "another quilt anvil dune"), ("next", "")]).await;
        assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn s9_a_temporary_password_ends_after_72_hours_with_its_invitation_and_with_the_switch(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        business::acts::switch_temporary_passwords(&w.app, &nadia.actor, Switch::On).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let mut passwords = Vec::new();
        for name in ["late", "withdrawn", "replaced", "off", "good"] {
            let address = format!("{name}@coldstream.test");
            add(&mut browser, &coldstream, &[("email", &address), ("way", "temporary_password")]).await;
            let mail = w.mail_to(&address).await.remove(0);
            let password = mail.plain.lines().map(str::trim).find(|line| line.len() == 34 && line.matches('-').count() == 6).unwrap().to_owned();
            passwords.push((address, password));
        }
        let contacts = contacts_of(&w, &coldstream).await;
        let of = |name: &str| contacts.iter().find(|c| c.details.email.as_str().starts_with(name)).unwrap();
        vestibule::invitation::acts::revoke(&w.app, &nadia.actor, of("withdrawn").id).await.unwrap();
        w.pass(1);
        vestibule::invitation::acts::invite(&w.app, &nadia.actor, of("replaced").id).await.unwrap();
        let try_in = async |n: usize| w.sign_in(knock(&passwords[n].0, &passwords[n].1)).await;
        assert!(try_in(1).await.is_err() && try_in(2).await.is_err());
        business::acts::switch_temporary_passwords(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        assert!(try_in(3).await.is_err());
        business::acts::switch_temporary_passwords(&w.app, &nadia.actor, Switch::On).await.unwrap();
        w.pass(72 * 3600 - 60);
        assert!(try_in(4).await.is_ok());
        w.pass(60);
        assert!(try_in(0).await.is_err());
    }

    async fn s26_of_parallel_sign_ins_with_a_temporary_password_exactly_one_gets_in(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let coldstream = w.client("Coldstream").await;
        business::acts::switch_temporary_passwords(&w.app, &nadia.actor, Switch::On).await.unwrap();
        add(&mut w.console(&nadia.token), &coldstream, &[("way", "temporary_password")]).await;
        let mail = w.mail_to("ingrid@coldstream.test").await.remove(0);
        let password = mail.plain.lines().map(str::trim).find(|line| line.len() == 34).unwrap().to_owned();
        let one = |n: u8| {
            let (w, password) = (w.clone(), password.clone());
            tokio::spawn(async move {
                let mut knock = knock("ingrid@coldstream.test", &password);
                knock.origin = crate::world::origin(&format!("192.0.2.{n}"));
                w.sign_in(knock).await.is_ok()
            })
        };
        let tries: Vec<_> = (20..26).map(one).collect();
        let mut in_now = 0;
        for one in tries {
            in_now += usize::from(one.await.unwrap());
        }
        assert_eq!(in_now, 1);
    }

    async fn s45_s46_only_what_may_be_given_is_taken(w: World) {
        let bramble = w.client("Bramble Civil").await;
        let coldstream = w.client("Coldstream").await;
        let crew = w.group(&bramble, "Site crew").await.to_string();
        let tom = w.staff("tom").may(Rights::Only(vec![Permission::PortalUsersAdd])).await;
        let mut browser = w.console(&tom.token);
        let foreign = add(&mut browser, &coldstream, &[("group", &crew), ("group_manager", "on")]).await;
        assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY, "a group of another client");
        assert!(foreign.body.contains("This group is no longer there"), "{}", foreign.body);
        let unknown = add(&mut browser, &coldstream, &[("role", "global_admin")]).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "S46: a field that the form does not have");
        let other = w.another("Harbour Strata").await;
        let theirs = other.client("Their client").await;
        assert_eq!(add(&mut browser, &theirs, &[]).await.status, StatusCode::NOT_FOUND, "S44");
        // Whoever may add, may invite whom they add; the invitation is good as long as they may (S30).
        let done = add(&mut browser, &coldstream, &[]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console/portal-users"));
        let contact = contacts_of(&w, &coldstream).await.remove(0);
        let secret = w.secret_mailed_to("ingrid@coldstream.test").await;
        w.take_permissions(&tom).await;
        let business = w.business_now().await;
        let look = vestibule::door::invitation::look(&w.app, &business, &secret, None).await.unwrap();
        assert!(look.refusal.is_some(), "{contact:?}");
    }

    async fn p4_whoever_was_deleted_is_found_and_can_be_added_anew(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let (bramble, coldstream) = (w.client("Bramble Civil").await, w.client("Coldstream").await);
        let omar = w.person("omar.haddad@bramble.test", &bramble).await;
        w.pass(60);
        deletion::delete(&w.app, &nadia.actor, omar.user).await.unwrap();
        let mut browser = w.console(&nadia.token);
        let known = add(&mut browser, &coldstream, &[("email", "omar.haddad@bramble.test")]).await;
        assert!(known.body.contains("was deleted by Nadia") && known.body.contains(&page_of(omar.user)), "{}", known.body);
        let meant = format!("person:{}", omar.user);
        w.pass(60);
        let done = add(&mut browser, &coldstream, &[("email", "omar.haddad@bramble.test"), ("meant", &meant)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let mail = w.mail_to("omar.haddad@bramble.test").await.remove(0);
        assert!(path_in(&mail.plain, "/invitation/").starts_with("/portal/tidewater-haulage/invitation/"));
    }
}
