//! How long an import of 100,000 contacts of 20,000 clients takes, through the real acts:
//! `cargo run --release --example import` (and `VESTIBULE_TEST_POSTGRES=postgres://…` for PostgreSQL, too).

mod ground;

use ground::{most_memory, on_each_engine};
use std::fmt::Write as _;
use std::time::Instant as Stopwatch;
use vestibule::access::Actor;
use vestibule::act::App;
use vestibule::base::text::{CompanyName, Slug};
use vestibule::business;
use vestibule::import::clients::export::{self, Contents, Format};
use vestibule::import::{Upload, acts};

const CLIENTS: usize = 20_000;
const CONTACTS_EACH: usize = 5;

fn main() {
    on_each_engine(measure);
}

async fn measure(app: App) {
    let name = CompanyName::parse("Tidewater Haulage").unwrap();
    let business = business::acts::create(&app, name.clone(), Slug::suggested_by(&name), None).await.unwrap();
    let actor = Actor::operator(business.id);
    println!("{}: {} contacts of {CLIENTS} clients", app.db.kind(), CLIENTS * CONTACTS_EACH);
    for (what, title, company) in [
        ("all new", "Manager", "Haulage"),
        ("all unchanged", "Manager", "Haulage"),
        ("every title changed", "Owner", "Haulage"),
        ("every client renamed", "Owner", "Freight"),
    ] {
        let file = file(title, company);
        let worked = work();
        let start = Stopwatch::now();
        let upload = Upload::of_bytes(file.as_bytes()).await.unwrap();
        let preview = acts::prepare(&app, &actor, "contacts.csv", upload).await.unwrap();
        let prepared = start.elapsed();
        let start = Stopwatch::now();
        let counts = acts::confirm(&app, &actor, preview.id).await.unwrap();
        println!(
            "  {what:22} preview {:6.2} s   import {:6.2} s   ({:.2} s of this program’s work altogether)   {counts:?}",
            prepared.as_secs_f64(),
            start.elapsed().as_secs_f64(),
            work() - worked
        );
        assert_eq!(counts.refused, 0);
    }
    for (what, format) in [("export as CSV", Format::Csv), ("export as XLSX", Format::Xlsx)] {
        let start = Stopwatch::now();
        let download = export::export(&app, &actor, Contents::ClientsAndContacts, format).await.unwrap();
        println!("  {what:22} {:.2} s, {} KB", start.elapsed().as_secs_f64(), download.size / 1024);
        let start = Stopwatch::now();
        let mut upload = Upload::begin().await.unwrap();
        let mut reader = tokio_util::io::ReaderStream::new(tokio::fs::File::from_std(download.file));
        while let Some(piece) = futures_util::StreamExt::next(&mut reader).await {
            upload.put(&piece.unwrap()).await.unwrap();
        }
        let preview = acts::prepare(&app, &actor, &download.name, upload).await.unwrap();
        println!(
            "  {:22} preview {:6.2} s   {:?}",
            "… and back",
            start.elapsed().as_secs_f64(),
            preview.findings.counts
        );
    }
    println!("  most memory so far     {}", most_memory());
    app.db.close().await;
}

fn file(title: &str, company: &str) -> String {
    let mut file = String::from(
        "Client reference,Client name,Client phone,Balance,First name,Last name,Title,Email,Cell phone,Office phone\n",
    );
    for client in 0..CLIENTS {
        for contact in 0..CONTACTS_EACH {
            let (first, last) =
                (FIRST[(client * 7 + contact) % FIRST.len()], LAST[(client * 3 + contact * 11) % LAST.len()]);
            let _ = writeln!(
                file,
                "C-{client},{} {company} {client},08 5550 {:04},{}.50,{first},{last},{title},{first}.{last}{contact}@client{client}.example.com,0491 {:06},08 5551 {:04}",
                LAST[client % LAST.len()],
                client % 10_000,
                client % 900,
                (client * 5 + contact) % 1_000_000,
                contact
            );
        }
    }
    file
}

const FIRST: [&str; 16] = [
    "Devika", "Marcus", "Samir", "Ingrid", "Tamsin", "Wren", "Joel", "Lucy", "Grace", "Priya", "Beatrix", "Anton",
    "Rosalind", "Annelise", "Idris", "Zoë",
];
const LAST: [&str; 13] = [
    "Rao",
    "Feld",
    "Haddad",
    "Solheim",
    "Gould",
    "Abernathy",
    "Okafor",
    "Nakamura",
    "Tuilagi",
    "Raman",
    "Holm",
    "Varga",
    "Castellanos",
];

/// Seconds that the processors have worked for this program: what is left of a measurement on a busy machine.
fn work() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
