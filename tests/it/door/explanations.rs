//! "Why can't they get in?" tells what the door does.

use super::seen;
use crate::world::{Everything, PASSWORD, World, both, email, knock};
use vestibule::access::Permission;
use vestibule::access::gates::{Gate, Stand};
use vestibule::base::text::Reason;
use vestibule::business::{self, Switch, terms};
use vestibule::db::Query;
use vestibule::door::explain::{AtClient, Explanation, Fix, Line, Near, explain, unlock};
use vestibule::link::acts::block;
use vestibule::portal_user::acts;
use vestibule::staff::acts::Rights;

async fn why(w: &World, address: &str) -> Explanation {
    explain(&w.app, &w.operator(), &email(address)).await.unwrap()
}

fn line(at: &AtClient, gate: Gate) -> &Line {
    at.gates.iter().find(|line| line.gate == gate).unwrap()
}

both! {
    async fn what_is_explained_is_what_the_door_does_gate_by_gate(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &client).await;
        let open = why(&w, &omar.email).await;
        assert_eq!(open.verdict, "Omar Haddad gets in to Bellweather.");
        assert_eq!(open.clients[0].gates.len(), Gate::ALL.len());
        assert_eq!(w.door_of(&omar.token, client.id).await.unwrap().decision.lets_in(), open.clients[0].decision.lets_in());

        acts::require_password_change(&w.app, &nadia.actor, omar.user).await.unwrap();
        agree(&w, &omar, Gate::PasswordFresh).await;
        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE account SET password_due_since = NULL WHERE id = $1").bind(omar.account).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();

        terms::publish(&w.app, &nadia.actor, "# Terms").await.unwrap();
        agree(&w, &omar, Gate::TermsAccepted).await;

        let mut tx = w.app.db.write().await.unwrap();
        Query::new("UPDATE client SET status = 'exited', exited_at = $3 WHERE business_id = $1 AND id = $2")
            .bind(w.business.id)
            .bind(client.id)
            .bind(w.app.clock.now().plus_days(-31))
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let at = agree(&w, &omar, Gate::ClientCurrent).await;
        assert_eq!(line(&at, Gate::ClientCurrent).fix, Some(Fix::OpenClient(client.id)));

        let because = Reason::parse_optional("left the firm").unwrap();
        block(&w.app, &nadia.actor, omar.contact, because).await.unwrap();
        let at = agree(&w, &omar, Gate::Linked).await;
        let linked = line(&at, Gate::Linked);
        assert_eq!(linked.fix, Some(Fix::Unblock(omar.contact)));
        assert!(linked.evidence.contains("Nadia") && linked.evidence.contains("left the firm"), "{}", linked.evidence);

        business::acts::switch_portal(&w.app, &nadia.actor, Switch::Off).await.unwrap();
        let at = agree(&w, &omar, Gate::PortalEnabled).await;
        assert_eq!(line(&at, Gate::PortalEnabled).fix, Some(Fix::SwitchPortalOn));
        business::acts::switch_portal(&w.app, &nadia.actor, Switch::On).await.unwrap();

        let because = Reason::parse_optional("unpaid").unwrap();
        acts::disable(&w.app, &nadia.actor, omar.user, because).await.unwrap();
        let told = why(&w, &omar.email).await;
        assert_eq!(told.clients[0].decision.first_closed(), Some(Gate::NotDisabled));
        assert_eq!(told.verdict, "Omar Haddad does not get in to Bellweather: the portal user is disabled.");
        let disabled = line(&told.clients[0], Gate::NotDisabled);
        assert_eq!(disabled.fix, Some(Fix::Enable(omar.user)));
        assert!(disabled.evidence.contains("Nadia") && disabled.evidence.contains("“unpaid”"), "{}", disabled.evidence);
        assert_eq!(told.clients[0].decision.closed(), 3, "every closed gate is shown, not only the first");
    }

    async fn a_lock_is_explained_and_staff_open_it(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        for _ in 0..5 {
            let _ = w.sign_in(knock(&omar.email, "not the password")).await;
        }
        let told = why(&w, &omar.email).await;
        assert_eq!(told.clients[0].decision.first_closed(), Some(Gate::NotLocked));
        let lock = line(&told.clients[0], Gate::NotLocked);
        assert!(lock.evidence.starts_with("5 wrong attempts in a row"), "{}", lock.evidence);
        assert_eq!(lock.fix, Some(Fix::UnlockNow(omar.user)));
        assert_eq!(seen(w.sign_in(knock(&omar.email, PASSWORD)).await).0, 429);

        let viewer = w.staff("viewer").may(Rights::Only(vec![Permission::PortalUsersView])).await;
        assert_eq!(seen(unlock(&w.app, &viewer.actor, omar.user).await).0, 403);
        unlock(&w.app, &nadia.actor, omar.user).await.unwrap();
        assert_eq!(seen(unlock(&w.app, &nadia.actor, omar.user).await).0, 409, "nothing is locked any more");
        w.sign_in(knock(&omar.email, PASSWORD)).await.unwrap();
        assert_eq!(line(&why(&w, &omar.email).await.clients[0], Gate::NotLocked).stand, Stand::Open);
    }

    async fn a_contact_who_is_not_connected_is_explained_too(w: World) {
        let nadia = w.staff("nadia").may(Everything).await;
        let client = w.client("Bellweather").await;
        let contact = w.contact("omar.haddad@client.test", &client).await;
        let told = why(&w, "omar.haddad@client.test").await;
        assert_eq!(told.verdict, "Omar Haddad does not get in to Bellweather: there is no account yet.");
        let linked = line(&told.clients[0], Gate::Linked);
        assert_eq!((linked.evidence.as_str(), linked.fix), ("Never invited.", Some(Fix::Invite(contact.id))));

        let _ = w.invite(&nadia.actor, &contact).await;
        let told = why(&w, "omar.haddad@client.test").await;
        assert!(line(&told.clients[0], Gate::Linked).evidence.starts_with("Invited by Nadia"));
        assert_eq!(told.mailed.len(), 1);
        w.pass(15 * 86_400);
        let told = why(&w, "omar.haddad@client.test").await;
        assert!(line(&told.clients[0], Gate::Linked).evidence.contains("expired on"));
    }

    async fn an_address_that_nobody_has_leads_to_those_much_like_it(w: World) {
        let client = w.client("Bellweather").await;
        let omar = w.person("omar.haddad@client.test", &client).await;
        let contact = w.contact("omar.hadad@client.test", &client).await;
        w.contact("somebody@quite.different", &client).await;
        let told = why(&w, "omar.haddadd@client.test").await;
        assert_eq!(told.verdict, "Tidewater Haulage knows nobody with the address omar.haddadd@client.test.");
        let near: Vec<Near> = told.nearest.iter().map(|n| n.near).collect();
        assert_eq!(near, [Near::PortalUser(omar.user), Near::Contact(contact.id)]);
        assert!(told.clients.is_empty());
    }

    async fn rule_3_an_account_of_another_business_is_like_none(w: World) {
        let other = w.another("Harbour Accounting").await;
        let omar = other.person("omar@client.test", &other.client("Elsewhere").await).await;
        let told = why(&w, &omar.email).await;
        assert_eq!((told.user, told.clients.len(), told.nearest.len()), (None, 0, 0));
        let _ = w.contact("omar@client.test", &w.client("Bellweather").await).await;
        let with = why(&w, "omar@client.test").await;
        let _ = w.contact("nobody@client.test", &w.client("Castle Hill").await).await;
        let without = why(&w, "nobody@client.test").await;
        let stands = |told: &Explanation| told.clients[0].gates.iter().map(|line| line.stand).collect::<Vec<_>>();
        assert_eq!(stands(&with), stands(&without));
        assert!(!format!("{with:?}").contains("Elsewhere"));
    }

    async fn a_contact_connected_with_another_account_leads_to_it(w: World) {
        let omar = w.person("omar@private.test", &w.client("Castle Hill").await).await;
        let contact = w.contact("omar.haddad@client.test", &w.client("Bellweather").await).await;
        let token = w.invite(&w.operator(), &contact).await;
        vestibule::door::invitation::accept(&w.app, &token, &w.door(&omar.token).await.unwrap()).await.unwrap();
        let told = why(&w, "omar.haddad@client.test").await;
        let linked = line(&told.clients[0], Gate::Linked);
        assert_eq!(linked.fix, Some(Fix::OpenPortalUser(omar.user)));
        assert!(linked.evidence.contains("omar@private.test"), "{}", linked.evidence);
        let theirs = why(&w, "omar@private.test").await;
        assert_eq!(theirs.clients.len(), 2);
        assert!(theirs.clients.iter().all(|at| at.decision.lets_in()));
        assert_eq!(theirs.verdict, "Omar Private gets in to all 2 clients.");
    }

    async fn who_may_not_see_portal_users_gets_no_explanation(w: World) {
        let hana = w.staff("hana").may(Rights::Only(vec![Permission::ClientsView])).await;
        assert_eq!(seen(explain(&w.app, &hana.actor, &email("x@y.test")).await).0, 403);
        let other = w.another("Harbour Accounting").await;
        let nadia = other.staff("nadia").may(Everything).await;
        let omar = w.person("omar@client.test", &w.client("Bellweather").await).await;
        assert_eq!(seen(unlock(&w.app, &nadia.actor, omar.user).await).0, 404);
    }
}

/// The door and the explanation name the same gate first.
async fn agree(w: &World, omar: &crate::world::Person, gate: Gate) -> AtClient {
    let told = why(w, &omar.email).await;
    assert_eq!(told.clients[0].decision.first_closed(), Some(gate));
    assert_eq!(w.door_of(&omar.token, omar.client).await.unwrap().closed(), Some(gate));
    assert!(told.verdict.contains("Omar Haddad") && told.verdict.contains("Bellweather"), "{}", told.verdict);
    told.clients.into_iter().next().unwrap()
}
