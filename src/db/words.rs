//! States that are stored as words.

/// Declares an enum whose values are stored as words: `words! { /// … pub enum Role { /// … Member = "member", } }`.
/// It gets `ALL`, `code()`, reading from a row (`#[sqlx(try_from = "String")]`), and use as a query's value.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value.
            pub const ALL: &[$name] = &[$(Self::$variant,)+];

            /// The word it is stored as.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn of_code(code: &str) -> Option<Self> {
                match code { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(word: String) -> std::result::Result<Self, String> {
                Self::of_code(&word).ok_or_else(|| format!("“{word}” is no {}", stringify!($name)))
            }
        }

        impl From<$name> for $crate::db::Value {
            fn from(value: $name) -> Self { value.code().into() }
        }
    };
}
