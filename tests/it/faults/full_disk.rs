//! A disk that is full, for one letter: the browser tests fill a real one.

use crate::mail::office::Office;
use crate::world::both;
use std::os::unix::fs::symlink;
use tempfile::TempDir;
use vestibule::config::Transport;
use vestibule::mail::outbox::State;
use vestibule::worker::Delivered;

both! {
async fn a_letter_for_which_the_mail_folder_has_no_space_is_kept_and_tried_again(w: World) {
    let folder = TempDir::new().unwrap();
    let office = Office::open(w, Transport::Folder(folder.path().into())).await;
    let invitation = office.invite_one().await;
    // Whatever is written there, the system answers that no space is left on the device.
    symlink("/dev/full", folder.path().join(format!(".{}.part", invitation.letter_id))).unwrap();

    assert_eq!(office.deliver().await, Delivered { later: 1, ..Delivered::default() });
    let letter = office.letter_of(&invitation).await;
    assert_eq!(letter.state, State::Queued);
    let why = letter.last_error.unwrap();
    assert!(why.contains("mail folder") && why.contains("No space left"), "{why}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no half of a letter is left behind");

    office.after_minutes(1);
    assert_eq!(office.deliver().await, Delivered { sent: 1, ..Delivered::default() });
    let written = std::fs::read_to_string(folder.path().join(format!("{}.eml", invitation.letter_id))).unwrap();
    assert!(written.contains("omar.haddad@client.test"), "{written}");
    assert_eq!(office.letter_of(&invitation).await.state, State::Sent);
}
}
