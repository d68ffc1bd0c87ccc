use super::{Company, link_of};
use crate::http::{Browser, Reply};
use crate::world::{World, both};
use axum::http::StatusCode;
use vestibule::access::Role;
use vestibule::contact::Standing;

fn company(w: &World, c: &Company) -> String {
    format!("/portal/{}/clients/{}/company", w.business.slug, c.client.id)
}

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

fn person<'a>(email: &'a str, group: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("first_name", "Lucy"),
        ("last_name", "Nakamura"),
        ("title", "Clerk"),
        ("email", email),
        ("cell_phone", "0423 456 789"),
        ("office_phone", ""),
        ("extension", ""),
        ("group", group),
    ]
}

both! {
    async fn u5_an_admin_adds_edits_places_mails_and_removes_a_colleague(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let base = company(&w, &c);
        let mut priya = w.portal(&c.admin.token);
        let list = ok(&mut priya, &base).await;
        for shown in ["My company", "Beatrix Holm", "Site crew", "Group Manager", "(you)", "Add New User"] {
            assert!(list.body.contains(shown), "{shown}: {}", list.body);
        }
        let form = ok(&mut priya, &format!("{base}/users/new")).await;
        assert!(form.body.contains("name=\"global_admin\"") && form.body.contains("name=\"group_manager\""), "{}", form.body);
        let wrong = priya.post(&format!("{base}/users/new"), &person("nonsense", "default")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("There is a problem") && wrong.body.contains("value=\"Nakamura\""), "{}", wrong.body);
        let added = priya.post(&format!("{base}/users/new"), &person("lucy.nakamura@bramblecivil.test", "default")).await;
        assert_eq!((added.status, added.location()), (StatusCode::SEE_OTHER, base.as_str()), "{}", added.body);
        let again = priya.post(&format!("{base}/users/new"), &person("lucy.nakamura@bramblecivil.test", "default")).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("is invited to Bramble Civil already"), "{}", again.body);

        let found = ok(&mut priya, &format!("{base}?q=lucy")).await;
        assert!(found.body.contains("Lucy Nakamura") && !found.body.contains("Beatrix Holm"), "{}", found.body);
        let mut look = w.app.look_at(w.business.id).await.unwrap();
        let lucy = vestibule::contact::store::look_for(&mut look, c.client.id, &crate::world::email("lucy.nakamura@bramblecivil.test").key()).await.unwrap().unwrap();
        drop(look);
        let path = format!("{base}/users/{}", lucy.id);
        let question = ok(&mut priya, &format!("{path}/invite")).await;
        assert!(question.body.contains("A new invitation for Lucy Nakamura") && question.body.contains(">Confirm<"), "{}", question.body);
        assert_eq!(priya.post(&format!("{path}/invite"), &[]).await.status, StatusCode::SEE_OTHER);
        let secret = w.secret_mailed_to("lucy.nakamura@bramblecivil.test").await;
        let lucy = w.accepts(&lucy, &secret).await;

        let edit = ok(&mut priya, &path).await;
        assert!(edit.body.contains("0423 456 789") && !edit.body.contains("name=\"email\""), "the address is theirs: {}", edit.body);
        let version = w.contact_now(lucy.contact).await.version.to_string();
        let fields = |version: &str| -> Vec<(String, String)> {
            [("version", version), ("first_name", "Lucy"), ("last_name", "Nakamura"), ("title", "Foreman"), ("cell_phone", ""), ("office_phone", ""), ("extension", "")]
                .map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
        };
        let post = fields(&version);
        let pairs: Vec<(&str, &str)> = post.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(priya.post(&path, &pairs).await.status, StatusCode::SEE_OTHER);
        assert_eq!(w.contact_now(lucy.contact).await.details.title.unwrap().as_str(), "Foreman");
        let late: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| if *name == "title" { (*name, "Clerk") } else { (*name, *value) }).collect();
        let clash = priya.post(&path, &late).await;
        assert_eq!(clash.status, StatusCode::CONFLICT);
        assert!(clash.body.contains("Somebody else changed this") && clash.body.contains("Foreman"), "{}", clash.body);

        let link = link_of(&w, lucy.contact).await;
        let (crew, was) = (c.crew.to_string(), link.group_id.to_string());
        ok(&mut priya, &format!("{path}/place")).await;
        let to = [("group", crew.as_str()), ("group_manager", "on"), ("was_group", was.as_str()), ("was_role", "member")];
        assert_eq!(priya.post(&format!("{path}/place"), &to).await.status, StatusCode::SEE_OTHER);
        let placed = link_of(&w, lucy.contact).await;
        assert_eq!((placed.group_id, placed.role), (c.crew, Role::GroupManager));
        let rival = priya.post(&format!("{path}/place"), &[("group", "default"), ("was_group", &was), ("was_role", "member")]).await;
        assert!(rival.status == StatusCode::CONFLICT && rival.body.contains("It is Group Manager in Site crew now"), "{}", rival.body);

        let question = ok(&mut priya, &format!("{path}/invite")).await;
        assert!(question.body.contains("A link to set a new password goes to lucy.nakamura@bramblecivil.test"), "{}", question.body);
        assert_eq!(priya.post(&format!("{path}/invite"), &[]).await.status, StatusCode::SEE_OTHER);
        let mail = w.mail_to("lucy.nakamura@bramblecivil.test").await;
        assert!(mail.iter().any(|letter| letter.plain.contains("/reset/")), "no link to set a password among {} letters", mail.len());
        let question = ok(&mut priya, &format!("{path}/remove")).await;
        assert!(question.body.contains("Remove Lucy Nakamura from Bramble Civil?"), "{}", question.body);
        assert_eq!(priya.post(&format!("{path}/remove"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(w.contact_now(lucy.contact).await.portal.standing(), Standing::None);
        assert_eq!(priya.get(&path).await.status, StatusCode::NOT_FOUND);
        let activity = ok(&mut priya, &format!("{base}/activity")).await;
        for told in ["removed Lucy Nakamura", "changed the group or role of Lucy Nakamura", "accepted the invitation"] {
            assert!(activity.body.contains(told), "{told}: {}", activity.body);
        }
        assert!(!activity.body.contains("198.51.100"), "nobody's network address is shown");
    }

    async fn u5_a_group_manager_sees_their_group_alone_and_the_group_is_fixed_in_the_form(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let base = company(&w, &c);
        let mut beatrix = w.portal(&c.manager.token);
        let list = ok(&mut beatrix, &base).await;
        assert!(list.body.contains("Anton Varga") && !list.body.contains("Joel Okafor") && !list.body.contains("/groups"), "{}", list.body);
        let form = ok(&mut beatrix, &format!("{base}/users/new")).await;
        assert!(!form.body.contains("global_admin") && form.body.contains("group_manager") && !form.body.contains("<select"), "{}", form.body);
        let added = beatrix.post(&format!("{base}/users/new"), &person("lucy@bramblecivil.test", "default")).await;
        assert_eq!(added.status, StatusCode::UNPROCESSABLE_ENTITY, "a forged group is none of theirs");
        for page in ["groups", "groups/new", "activity"] {
            assert_eq!(beatrix.get(&format!("{base}/{page}")).await.status, StatusCode::FORBIDDEN, "{page}");
        }
        let hidden = format!("{base}/users/{}", c.clerk.contact);
        assert_eq!(beatrix.get(&hidden).await.status, StatusCode::NOT_FOUND);
        assert_eq!(beatrix.post(&format!("{hidden}/remove"), &[]).await.status, StatusCode::NOT_FOUND);
        let mut joel = w.portal(&c.clerk.token);
        let home = ok(&mut joel, &format!("/portal/{}/clients/{}", w.business.slug, c.client.id)).await;
        assert!(!home.body.contains("My company"), "members have nobody to look after: {}", home.body);
        assert_eq!(joel.get(&base).await.status, StatusCode::FORBIDDEN);
    }

    async fn u6_groups_in_the_portal(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let base = company(&w, &c);
        let mut priya = w.portal(&c.admin.token);
        let list = ok(&mut priya, &format!("{base}/groups")).await;
        assert!(list.body.contains("Site crew") && list.body.contains("2 people"), "{}", list.body);
        ok(&mut priya, &format!("{base}/groups/new")).await;
        let made = priya.post(&format!("{base}/groups/new"), &[("name", "Finance"), ("sees", "invoice"), ("sees", "statement")]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let list = ok(&mut priya, &format!("{base}/groups")).await;
        assert!(list.body.contains("Invoices, Statements"), "{}", list.body);
        let taken = priya.post(&format!("{base}/groups/new"), &[("name", "finance")]).await;
        assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.body.contains("There is a group “Finance” already"), "{}", taken.body);
        let rocket = priya.post(&format!("{base}/groups/new"), &[("name", "X"), ("sees", "rocket")]).await;
        assert_eq!(rocket.status, StatusCode::BAD_REQUEST, "S46");
        let crew = format!("{base}/groups/{}", c.crew);
        assert_eq!(priya.post(&crew, &[("name", "Yard"), ("version", "1"), ("sees", "docket")]).await.status, StatusCode::SEE_OTHER);
        let clash = priya.post(&crew, &[("name", "Depot"), ("version", "1")]).await;
        assert!(clash.status == StatusCode::CONFLICT && clash.body.contains("value=\"Depot\""), "{}", clash.body);
        let question = ok(&mut priya, &format!("{crew}/delete")).await;
        assert!(question.body.contains("Its 2 people move to the Default group"), "{}", question.body);
        assert_eq!(priya.post(&format!("{crew}/delete"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(priya.get(&crew).await.status, StatusCode::NOT_FOUND);
        let default = format!("{base}/groups/{}", c.default);
        assert!(!ok(&mut priya, &default).await.body.contains("/delete"));
        assert_eq!(priya.post(&format!("{default}/delete"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(link_of(&w, c.hand.contact).await.group_id, c.default);
    }

    async fn s44_an_admin_finds_nothing_of_another_client_under_their_own_address(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        let other = Company::of(&w, "Dockside").await;
        let base = company(&w, &c);
        let mut priya = w.portal(&c.admin.token);
        let before = w.audit().await.len();
        for page in ["", "/place", "/invite", "/remove"] {
            let path = format!("{base}/users/{}{page}", other.hand.contact);
            assert_eq!(priya.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for page in ["/invite", "/remove"] {
            let path = format!("{base}/users/{}{page}", other.hand.contact);
            assert_eq!(priya.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for page in ["", "/delete"] {
            assert_eq!(priya.get(&format!("{base}/groups/{}{page}", other.crew)).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(priya.post(&format!("{base}/groups/{}/delete", other.crew), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(priya.get(&company(&w, &other)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(w.audit().await.len(), before);
    }
}
