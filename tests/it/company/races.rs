use super::{Company, acting, link_of};
use crate::world::both;
use futures_util::future::join_all;
use vestibule::access::Role;
use vestibule::link::places::{self, Place};

both! {
    async fn s48_of_a_hundred_demotions_of_two_global_admins_at_once_one_stays(w: World) {
        let c = Company::of(&w, "Bramble Civil").await;
        w.place(&c.clerk, None, Role::GlobalAdmin).await;
        let admins = [&c.admin, &c.clerk];
        let (links, actors) = (
            [link_of(&w, c.admin.contact).await, link_of(&w, c.clerk.contact).await],
            [acting(&w, &c.admin).await, acting(&w, &c.clerk).await],
        );
        // Each demotes the other, and themselves; or removes the other.
        let demotions = (0..100).map(|n| {
            let (w, who, whom) = (w.clone(), actors[n % 2].clone(), (n / 2) % 2);
            let (user, link) = (admins[whom].user, links[whom].clone());
            let remove = n % 5 == 0;
            tokio::spawn(async move {
                if remove {
                    places::unlink(&w.app, &who, user, link.id).await
                } else {
                    let to = Place { group: link.group_id, role: Role::Member };
                    places::place(&w.app, &who, user, link.id, link.place(), to).await
                }
            })
        });
        let done: usize = join_all(demotions).await.into_iter().filter(|done| done.as_ref().unwrap().is_ok()).count();
        // Whoever was demoted is a member then, and may be removed by the one who stayed.
        assert!((1..=2).contains(&done), "{done} of a hundred went through");
        let mut left = 0;
        for person in admins {
            let door = w.door_of(&person.token, c.client.id).await.unwrap();
            left += usize::from(door.closed().is_none() && door.client.unwrap().role == Role::GlobalAdmin);
        }
        assert_eq!(left, 1);
    }
}
