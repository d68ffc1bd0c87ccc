//! `docs/security.md` is made of the tests' names: a test that proves a line of the security requirements carries its number
//! (`s26_of_two_acceptances_one_succeeds`). This test fails when the page no longer tells the truth;
//! `VESTIBULE_WRITE_DOCS=1 cargo nextest run the_security_page` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The requirements, in a few words each.
const REQUIREMENTS: [&str; 62] = [
    "15 characters where a password is the only factor, 8 with a second one",
    "64 characters and more accepted, none truncated, case kept",
    "No composition rules, no forced rotation",
    "Normalised (NFKC) before hashing; length counted in code points",
    "Refused if common, or made of the person's or business's own words",
    "argon2id, at least 19 MiB and 2 passes; old hashes upgraded at sign-in",
    "Hashing is bounded; overload answers 503 with Retry-After",
    "Changing a password needs the current one",
    "Staff never see a password; temporary passwords are off by default",
    "Paste and password managers work; no hints, no secret questions",
    "Unknown, wrong, disabled, blocked: the same answer and class of time",
    "The same for reset, registration, access request, invitation",
    "Attempts are limited; nobody can lock somebody else out for long",
    "50 parallel guesses never exceed the limit",
    "One limit covers password, code, recovery code and reset alike",
    "One-time codes and recovery codes work once",
    "Mailed codes live 10 minutes, bound to their request",
    "Recovery codes hold 64 bits, stored hashed",
    "A password reset never bypasses the second factor",
    "Passkeys offered",
    "E-mail alone never signs anyone in to staff",
    "Every change of credential or address is told to the person",
    "No default account or password",
    "Tokens hold 128 bits or more from the system's generator",
    "Tokens are stored only hashed, minted when the mail is rendered",
    "Single use: of two parallel acceptances exactly one succeeds",
    "Expiry checked at use to the second; a newer one ends the older",
    "Bound to purpose, business, contact, e-mail and role",
    "An existing account must sign in to accept",
    "At acceptance the inviter, the block list and the business are checked again",
    "GET never consumes a token",
    "Links are built from the configured address; forwarded headers are ignored unless trusted",
    "Mail limits per recipient and per sender",
    "Changing an e-mail: sign in again, confirm from the new address, tell the old",
    "__Host- cookies, Secure, HttpOnly, SameSite; stored hashed",
    "A new session id at sign-in; the old one is dead",
    "Disabling ends every session by the next request",
    "Blocking at one business ends only that access",
    "A password change ends other sessions, and sign-ins in progress",
    "Idle and absolute time limits",
    "The person and staff can list and end sessions",
    "Sign-out works on the server",
    "A generated matrix: every role on every route, own and foreign",
    "The tenant comes from the session and the loaded row",
    "Nobody grants, invites into or joins more than they hold",
    "Unknown or forbidden fields are refused",
    "A change of rights works at once",
    "The last Global Admin cannot be removed, also in a race",
    "View-as never reaches a higher rank, changes nothing, is audited",
    "Changes need a same-origin proof; safe methods change nothing",
    "A strict CSP, frame-ancestors, nosniff, HSTS, no-store",
    "Redirects only to own paths",
    "Errors as application/problem+json, no internals",
    "Idempotency-Key on writes of the API; page cursors cannot be forged",
    "Exported cells that begin with = + - @ tab CR are neutralised",
    "Names and texts are escaped in HTML, subjects, headers",
    "Uploads: type by content, size limit, attachment disposition",
    "An outside identity is keyed by issuer and subject",
    "SCIM is scoped to one tenant",
    "Webhooks signed, with back-off, private addresses refused",
    "Every sign-in, refusal and staff act audited, without secrets, chained",
    "Subject export; erasure that keeps pseudonymous evidence",
];

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "node_modules" {
            files(&path, into);
        } else if name.ends_with(".rs") || name.ends_with(".test.js") {
            into.push(path);
        }
    }
}

/// The names of tests in a file: functions of Rust, the first argument of `test(…)` in JavaScript.
fn tests_in(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    if path.extension().is_some_and(|e| e == "rs") {
        let names = text.lines().filter_map(|line| line.trim().trim_start_matches("async ").strip_prefix("fn "));
        names.map(|name| name.split('(').next().unwrap_or_default().to_owned()).collect()
    } else {
        let names = text.split("test(").skip(1).map(|rest| rest.trim_start());
        names
            .filter_map(|rest| rest.strip_prefix(['`', '"']))
            .filter_map(|rest| rest.split(['`', '"']).next())
            .map(Into::into)
            .collect()
    }
}

/// The numbers in a test's name: `s26_s27_…`, `S26, S27: …`.
fn numbers(name: &str) -> Vec<usize> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter_map(|word| word.strip_prefix(['s', 'S'])?.parse().ok())
        .filter(|n| (1..=REQUIREMENTS.len()).contains(n))
        .collect()
}

fn page() -> String {
    let mut all = Vec::new();
    for folder in ["src", "tests/it", "tests/browser"] {
        files(Path::new(folder), &mut all);
    }
    all.sort();
    let mut proofs: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for file in &all {
        for test in tests_in(file) {
            let name = test.replace(" (${database})", "");
            for number in numbers(&name) {
                proofs.entry(number).or_default().push(format!("`{name}` ({})", file.display()));
            }
        }
    }
    let mut page = String::from(
        "# Security: what holds, and the test that proves it\n\n\
         Made of the tests' names by `tests/it/security.rs`; do not edit. A line without a proof belongs to a part that is not built yet.\n\n\
         | number | requirement | proved by |\n|---|---|---|\n",
    );
    for (index, requirement) in REQUIREMENTS.iter().enumerate() {
        let proof = proofs.get(&(index + 1)).map_or_else(|| "—".to_owned(), |tests| tests.join("<br>"));
        page.push_str(&format!("| S{} | {requirement} | {proof} |\n", index + 1));
    }
    page
}

#[test]
fn the_security_page_tells_the_truth() {
    let page = page();
    if std::env::var_os("VESTIBULE_WRITE_DOCS").is_some() {
        fs::write("docs/security.md", &page).unwrap();
    }
    let written = fs::read_to_string("docs/security.md").unwrap_or_default();
    assert!(
        written == page,
        "docs/security.md is out of date: VESTIBULE_WRITE_DOCS=1 cargo nextest run the_security_page"
    );
}
