//! Tells cargo that a new migration, template or asset is a reason to build again; the macros that embed them look only at
//! the files they already know.

fn main() {
    for folder in ["migrations", "templates", "assets", "locales"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
