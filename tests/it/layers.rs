//! The house stands: a module imports only those listed above it in `src/lib.rs`, and only a few may know the web and the
//! database's driver.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn source_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// The modules of `src/lib.rs`, from the ground up, each with its floor.
fn floors() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.enumerate().map(|(floor, name)| (name.to_owned(), floor)).collect()
}

/// The module that a file belongs to: the folder or file directly below `src`.
fn module_of(file: &Path) -> String {
    let name =
        file.strip_prefix("src").unwrap().components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    name.trim_end_matches(".rs").to_owned()
}

/// Every `crate::x` that a file names, also inside `use crate::{x, y::z}`; with its line.
fn named_modules(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push((number + 1, name));
            }
        }
    }
    found
}

#[test]
fn a_module_imports_only_those_above_it_in_the_list() {
    let floors = floors();
    assert!(floors.len() > 15, "src/lib.rs lists the modules: {floors:?}");
    let mut files = Vec::new();
    source_files(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    for file in files.iter().filter(|f| !["src/main.rs", "src/lib.rs"].contains(&f.to_str().unwrap())) {
        let module = module_of(file);
        let floor = *floors.get(&module).unwrap_or_else(|| panic!("{} is in no module of src/lib.rs", file.display()));
        for (line, name) in named_modules(&fs::read_to_string(file).unwrap()) {
            if floors.get(&name).is_some_and(|other| *other > floor) {
                wrong.push(format!("{}:{line}: {module} imports {name}, which stands above it", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_web_and_the_driver_are_known_only_where_they_belong() {
    let mut files = Vec::new();
    source_files(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.to_str().unwrap();
        let code: String =
            fs::read_to_string(file).unwrap().lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        let web = name.starts_with("src/web/") || name.starts_with("src/api/") || name.starts_with("src/config/");
        if code.contains("axum::") && !web {
            wrong.push(format!("{name} knows axum"));
        }
        // Deriving `FromRow` and naming a column's type say how a row is read; talking to the driver is another thing.
        let driver = code.replace("sqlx::FromRow", "").replace("sqlx::Type", "");
        if driver.contains("sqlx::") && !name.starts_with("src/db/") {
            wrong.push(format!("{name} talks to the database's driver"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_statement_about_a_business_names_it() {
    let mut files = Vec::new();
    source_files(Path::new("src"), &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        for (at, _) in text.match_indices(".query(") {
            // A statement may be put together of pieces; it ends where the Rust statement or function does.
            let statement = &text[at..];
            let statement = &statement[..statement.find("\n}\n").unwrap_or(statement.len())];
            let from_here = statement[".query(".len()..].trim_start();
            if (from_here.starts_with('"') || from_here.starts_with("concat!(")) && !statement.contains("business_id") {
                wrong.push(format!("{}: {}", file.display(), from_here.lines().next().unwrap_or_default()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
