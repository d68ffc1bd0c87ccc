//! Staff read the audit log on its page (A8).

use crate::http::{Browser, Reply};
use crate::world::{Everything, PASSWORD, both, knock};
use axum::http::StatusCode;
use vestibule::base::text::Reason;
use vestibule::link;

async fn ok(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    reply
}

/// What the entries of a page say happened, in order.
fn told(reply: &Reply) -> Vec<String> {
    let cells = reply.body.split("class=\"outcome\"><div>").skip(1);
    cells
        .map(|cell| cell.split("</div>").next().unwrap().trim().to_owned())
        .map(|cell| cell.replace("<span class=\"bad tone-ink\">", "").replace("</span>", ""))
        .collect()
}

/// Where the pager leads.
fn way(reply: &Reply, rel: &str) -> Option<String> {
    let link =
        reply.body.split(&format!("\" rel=\"{rel}\"")).next().filter(|before| before.len() < reply.body.len())?;
    link.rsplit("href=\"").next().map(|href| href.replace("&#38;", "&"))
}

both! {
    async fn a8_the_log_is_paged_both_ways_and_filtered_by_action_and_person(w: World) {
        let nadia = w.staff("nadia.noor").may(Everything).await;
        let client = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &client).await;
        let zoe = w.person("zoe.abel@bramble.test", &client).await;
        for _ in 0..2 {
            w.sign_in(knock(&zoe.email, PASSWORD)).await.unwrap();
        }
        let because = Some(Reason::parse("Moved on").unwrap());
        link::acts::block(&w.app, &nadia.actor, omar.contact, because).await.unwrap();

        let mut browser = w.console(&nadia.token);
        let log = w.audit().await;
        let all: Vec<String> = log.iter().map(|e| e.entry.as_ref().unwrap().sentence()).collect();
        let first = ok(&mut browser, "/console/audit?per=10").await;
        assert_eq!(told(&first), all[..10]);
        assert_eq!(way(&first, "prev"), None);
        let second = ok(&mut browser, &way(&first, "next").unwrap()).await;
        assert_eq!(told(&second), all[10..]);
        assert_eq!(way(&second, "next"), None);
        assert_eq!(told(&ok(&mut browser, &way(&second, "prev").unwrap()).await), told(&first));

        let access = ok(&mut browser, "/console/audit?theme=access").await;
        assert_eq!(told(&access), ["blocked the contact from the portal: “Moved on”"]);
        for said in ["Nadia Noor", "203.0.113.5", "Omar Haddad", "Action: Disabled, blocked, switched"] {
            assert!(access.body.contains(said), "{said:?} is missing: {}", access.body);
        }
        let two = ok(&mut browser, "/console/audit?theme=access&theme=invitations").await;
        assert_eq!(told(&two).len(), 5, "a block, two invitations, two acceptances: {:?}", told(&two));
        let of_zoe = ok(&mut browser, &format!("/console/audit?about={}&theme=sign-ins", zoe.user)).await;
        assert_eq!(told(&of_zoe), ["signed in"; 3]);
        assert!(of_zoe.body.contains("About: Zoe Abel"), "{}", of_zoe.body);
        let both = ok(&mut browser, &format!("/console/audit?about={}&q=nadia", omar.contact)).await;
        assert_eq!(told(&both), ["blocked the contact from the portal: “Moved on”"]);
        let by_name = ok(&mut browser, "/console/audit?q=zoe").await;
        assert!(told(&by_name).len() >= 4 && !by_name.body.contains("Moved on"), "{:?}", told(&by_name));
        assert!(ok(&mut browser, "/console/audit?q=NADIA").await.body.contains("Moved on"), "what staff did is found by their name");
        assert!(ok(&mut browser, "/console/audit?q=nobody+at+all").await.body.contains("No entry fits"));
        for odd in ["theme=x&about=x&older=x&newer=", "older=-5", "newer=999999", "older=9223372036854775807"] {
            ok(&mut browser, &format!("/console/audit?{odd}")).await;
        }
    }

    async fn r8_another_businesss_log_is_never_shown(w: World) {
        let client = w.client("Bramble Civil").await;
        let omar = w.person("omar.haddad@bramble.test", &client).await;
        let other = w.another("Harbour Strata").await;
        let tom = other.staff("tom").may(Everything).await;
        let mut browser = other.console(&tom.token);
        for path in ["/console/audit".to_owned(), format!("/console/audit?about={}", omar.user), "/console/audit?q=omar".into()] {
            assert!(!ok(&mut browser, &path).await.body.contains("Omar"), "{path}");
        }
    }
}
