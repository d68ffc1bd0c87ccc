//! The letter about what was shared (PRODUCT.md section 6): one for all that was shared in a short time. Whoever is connected
//! gets a link to it, whoever may be invited an invitation, and whoever is blocked no way into the portal at all.

use super::{Desk, Words, not};
use crate::access::RecordKind;
use crate::account::{self, Realm};
use crate::act::Scope;
use crate::base::Result;
use crate::base::id::ContactId;
use crate::invitation::{self, Carries, Invitation, Standing};
use crate::language::Language;
use crate::mail::render::{Button, Content};
use crate::record::{Record, tell};
use crate::{client, contact};

/// How many records a letter names; of more it says how many.
const NAMED: usize = 20;

impl Desk<'_> {
    /// To a contact: what was shared.
    pub(super) async fn shared(&mut self, scope: &mut Scope, id: ContactId) -> Result<Words> {
        let contact = contact::store::find(scope, id).await?;
        if contact.details.email != self.claimed.to_email {
            return Ok(not("The contact’s email address was changed."));
        }
        let records = tell::still_told(scope, self.claimed.id, &contact, &self.business.features).await?;
        let Some(first) = records.first() else {
            return Ok(not("Nothing of it is shared with the contact any more, or they don’t want this mail."));
        };
        let client = client::store::find(scope, contact.client_id).await?;
        let known = account::store::look_for(&mut scope.tx, Realm::Portal, &contact.details.email).await?;
        let language = self.language(known.and_then(|account| account.language), client.language);
        let (business, name) = (self.business.name.as_str(), client.name.as_str());
        let mut small = Vec::new();
        let button = match tell::carries(scope, &client, &contact).await? {
            Carries::Nothing => None,
            Carries::Link => {
                let base = format!("clients/{}", client.id);
                Some(match records.as_slice() {
                    [only] => Button {
                        text: language.say("letter-shared-open").with("record", one(only, language)).into(),
                        href: self.page(&format!("{base}/{}/{}", only.kind.path(), only.id)),
                    },
                    _ => Button { text: language.say("letter-shared-open-all").into(), href: self.page(&base) },
                })
            }
            Carries::Invitation => match self.acceptable(scope, contact.id).await? {
                None => None,
                Some(open) => {
                    let secret = invitation::store::mint(scope, open.id).await?;
                    let until = language.moment(open.expires_at.timestamp());
                    small.push(
                        language.say("letter-invitation-until").with("until", until).with("business", business).into(),
                    );
                    Some(Button {
                        text: language.say("letter-invitation-accept").into(),
                        href: self.page(&format!("invitation/{}", secret.reveal())),
                    })
                }
            },
        };
        let mut paragraphs = vec![
            language
                .say("letter-shared-text")
                .with("business", business)
                .with("client", name)
                .with("count", records.len())
                .into(),
        ];
        paragraphs.extend(records.iter().take(NAMED).map(|record| line(record, language)));
        if records.len() > NAMED {
            paragraphs.push(language.say("letter-shared-more").with("count", records.len() - NAMED).into());
        }
        let subject = match records.as_slice() {
            [_] => language.say("letter-shared-one").with("business", business).with("record", one(first, language)),
            _ => language.say("letter-shared-several").with("business", business).with("count", records.len()),
        };
        let secret = tell::mint_choice(scope, &contact).await?;
        self.choice = Some(format!("{}/mail/{}/{}", self.address, self.business.slug, secret.reveal()));
        Ok(Ok(Content {
            language,
            subject: subject.into(),
            greeting: language.say("letter-hello").with("name", contact.details.first_name.as_str()).into(),
            paragraphs,
            button,
            small,
            why: language
                .say("letter-shared-why")
                .with("business", business)
                .with("email", contact.details.email.as_str())
                .with("client", name)
                .into(),
            addresses: Vec::new(),
        }))
    }

    /// The invitation that a letter may carry: open, in time, and its inviter still may invite.
    async fn acceptable(&self, scope: &mut Scope, contact: ContactId) -> Result<Option<Invitation>> {
        let open = invitation::store::open_of_contact(scope, contact).await?;
        let Some(open) = open.filter(|open| open.standing(scope.now) == Standing::Open) else { return Ok(None) };
        Ok(invitation::acts::inviter_may_still(scope, &open).await?.then_some(open))
    }
}

/// What a letter calls a record: `invoice 20418`.
fn one(record: &Record, language: Language) -> String {
    let number = record.details.number.as_str();
    match record.kind {
        RecordKind::Booking => language.say("booking-numbered").with("number", number),
        RecordKind::Invoice => language.say("invoice-numbered").with("number", number),
        RecordKind::Docket => language.say("docket-numbered").with("number", number),
        RecordKind::Statement => language.say("statement-numbered").with("number", number),
        RecordKind::Document => language.say("document-numbered").with("number", number),
    }
    .to_string()
}

/// A record as a line: what it is, what it is about, its day, its amount.
fn line(record: &Record, language: Language) -> String {
    let details = &record.details;
    let mut parts = vec![format!("{}: {}", one(record, language), details.title)];
    parts.push(language.short_date(details.on.instant().timestamp()));
    parts.extend(details.amount.map(|amount| language.money(amount.cents, amount.currency.as_str())));
    parts.join(", ")
}
