//! Numbers, money and dates as people write them in each language (the forms are those of the Unicode CLDR, 48; why they
//! stand here and not in a library: docs/adr/0015).

use crate::language::Language;
use jiff::Timestamp;

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const FRENCH_SHORT: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const SPANISH_SHORT: [&str; 12] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];

impl Language {
    /// A whole number: `12,345`, `12.345`, `12 345`. Spanish groups from five digits on.
    #[must_use]
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let sign = if number < 0 { "-" } else { "" };
        let separator = match self {
            Self::En => ",",
            Self::De => ".",
            Self::Es if digits.len() < 5 => "",
            Self::Es => ".",
            Self::Fr => "\u{202f}",
        };
        let mut out = sign.to_owned();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        out
    }

    /// An amount of money. `minor` is in hundredths; `currency` is its code (ISO 4217): `$1,234.50`, `1.234,50 €`.
    #[must_use]
    pub fn money(self, minor: i64, currency: &str) -> String {
        let symbol = match currency {
            "EUR" => "€",
            "USD" | "AUD" | "NZD" | "CAD" if self == Self::En => "$",
            "USD" => "$",
            "GBP" => "£",
            other => other,
        };
        let (whole, cents) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
        let whole = self.number(i64::try_from(whole).unwrap_or(i64::MAX));
        let sign = if minor < 0 { "-" } else { "" };
        match self {
            Self::En if symbol.len() == 3 && symbol.is_ascii() => format!("{sign}{symbol}\u{a0}{whole}.{cents:02}"),
            Self::En => format!("{sign}{symbol}{whole}.{cents:02}"),
            Self::De | Self::Fr | Self::Es => format!("{sign}{whole},{cents:02}\u{a0}{symbol}"),
        }
    }

    /// A day, in full: `22 November 2026`, `22. November 2026`.
    #[must_use]
    pub fn long_date(self, at: Timestamp) -> String {
        let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let (day, year) = (date.day(), date.year());
        let month = self.month(date.month());
        match self {
            Self::En => format!("{day} {month} {year}"),
            Self::De => format!("{day}. {month} {year}"),
            Self::Fr if day == 1 => format!("1er {month} {year}"),
            Self::Fr => format!("{day} {month} {year}"),
            Self::Es => format!("{day} de {month} de {year}"),
        }
    }

    /// A day, in short: `22 Nov 2026`, `22.11.2026`.
    #[must_use]
    pub fn short_date(self, at: Timestamp) -> String {
        let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let (day, number, year) = (date.day(), date.month(), date.year());
        let of = |names: &[&'static str; 12]| usize::try_from(number - 1).ok().and_then(|n| names.get(n).copied());
        match self {
            Self::En => format!("{day} {} {year}", self.month(number).get(..3).unwrap_or_default()),
            Self::De => format!("{day:02}.{number:02}.{year}"),
            Self::Fr => format!("{day} {} {year}", of(&FRENCH_SHORT).unwrap_or_default()),
            Self::Es => format!("{day} {} {year}", of(&SPANISH_SHORT).unwrap_or_default()),
        }
    }

    /// A month, as a leaf of a calendar shows it: `Nov`, `nov.`.
    #[must_use]
    pub fn short_month(self, number: i8) -> String {
        let of = |names: &[&'static str; 12]| usize::try_from(number - 1).ok().and_then(|n| names.get(n).copied());
        match self {
            Self::En | Self::De => self.month(number).chars().take(3).collect(),
            Self::Fr => of(&FRENCH_SHORT).unwrap_or_default().to_owned(),
            Self::Es => of(&SPANISH_SHORT).unwrap_or_default().to_owned(),
        }
    }

    /// A time of day: `9:41 am`, `09:41`.
    #[must_use]
    pub fn clock(self, at: Timestamp) -> String {
        let time = at.to_zoned(jiff::tz::TimeZone::UTC).time();
        let (hour, minute) = (time.hour(), time.minute());
        match self {
            Self::En => {
                let half = if hour < 12 { "am" } else { "pm" };
                format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
            }
            Self::De | Self::Fr => format!("{hour:02}:{minute:02}"),
            Self::Es => format!("{hour}:{minute:02}"),
        }
    }

    /// A moment, as mail says it: `22 November 2026, 9:41 am UTC`.
    #[must_use]
    pub fn moment(self, at: Timestamp) -> String {
        let (day, clock) = (self.long_date(at), self.clock(at));
        match self {
            Self::En | Self::Es => format!("{day}, {clock} UTC"),
            Self::De => format!("{day}, {clock} Uhr (UTC)"),
            Self::Fr => format!("{day} à {clock} (UTC)"),
        }
    }

    fn month(self, number: i8) -> &'static str {
        let names = match self {
            Self::En => ENGLISH,
            Self::De => GERMAN,
            Self::Fr => FRENCH,
            Self::Es => SPANISH,
        };
        usize::try_from(number - 1).ok().and_then(|n| names.get(n).copied()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        for (language, four, seven) in [
            (Language::En, "1,234", "-1,234,567"),
            (Language::De, "1.234", "-1.234.567"),
            (Language::Fr, "1\u{202f}234", "-1\u{202f}234\u{202f}567"),
            (Language::Es, "1234", "-1.234.567"),
        ] {
            assert_eq!((language.number(1234), language.number(-1_234_567)), (four.into(), seven.into()));
            assert_eq!(language.number(0), "0");
        }
    }

    #[test]
    fn money_stands_where_each_language_puts_it() {
        for (language, euros, dollars) in [
            (Language::En, "€1,234.50", "-$0.05"),
            (Language::De, "1.234,50\u{a0}€", "-0,05\u{a0}$"),
            (Language::Fr, "1\u{202f}234,50\u{a0}€", "-0,05\u{a0}$"),
            (Language::Es, "1234,50\u{a0}€", "-0,05\u{a0}$"),
        ] {
            assert_eq!(language.money(123_450, "EUR"), euros);
            assert_eq!(language.money(-5, "USD"), dollars);
        }
        assert_eq!(Language::En.money(100, "CHF"), "CHF\u{a0}1.00");
        assert_eq!(Language::De.money(100, "AUD"), "1,00\u{a0}AUD");
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let at = Timestamp::from_microsecond(1_795_340_460_000_000).unwrap();
        for (language, moment, short) in [
            (Language::En, "22 November 2026, 9:41 am UTC", "22 Nov 2026"),
            (Language::De, "22. November 2026, 09:41 Uhr (UTC)", "22.11.2026"),
            (Language::Fr, "22 novembre 2026 à 09:41 (UTC)", "22 nov. 2026"),
            (Language::Es, "22 de noviembre de 2026, 9:41 UTC", "22 nov 2026"),
        ] {
            assert_eq!((language.moment(at), language.short_date(at)), (moment.into(), short.into()));
        }
        let first = Timestamp::from_microsecond(1_795_340_460_000_000 - 21 * 86_400_000_000).unwrap();
        assert_eq!(Language::Fr.long_date(first), "1er novembre 2026");
    }

    proptest! {
        #[test]
        fn every_moment_and_number_can_be_said(micros: i64, number: i64, language in proptest::sample::select(Language::ALL.to_vec())) {
            let at = Timestamp::from_microsecond(micros).unwrap_or_default();
            let said = (language.moment(at), language.short_date(at), language.number(number), language.money(number, "EUR"));
            prop_assert!(!said.0.is_empty() && !said.1.is_empty() && !said.2.is_empty() && !said.3.is_empty());
        }
    }
}
