//! An amount of money: hundredths of a currency.

use crate::base::text::TextError;
use std::fmt;

/// The most that is taken, in hundredths: more than anybody owes, and far from where sums would overflow.
const MOST: i64 = 99_999_999_999_999;

/// An amount in a currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Money {
    /// In hundredths; negative for a credit.
    pub cents: i64,
    /// In which currency.
    pub currency: Currency,
}

/// A currency's code (ISO 4217): `AUD`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Parses what was typed.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let code = text.trim().to_ascii_uppercase();
        match code.as_bytes() {
            [a, b, c] if code.bytes().all(|b| b.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(TextError("Enter the currency by its three letters, like EUR or AUD.".into())),
        }
    }

    /// Its code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Money {
    /// Parses an amount as people write it: `1,234.50`, `1.234,50`, `1 234,5`, `-20`. The last mark with one or two digits
    /// behind it parts the hundredths; all others must stand between groups of three.
    pub fn cents_of(text: &str) -> Result<i64, TextError> {
        let wrong = || TextError("Enter an amount like 1,234.50, without the currency’s sign.".into());
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
        let (negative, text) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
        if marks.iter().any(|(_, c)| !matches!(c, '.' | ',')) || text.is_empty() {
            return Err(wrong());
        }
        let (whole, part) = match marks.last() {
            Some((at, _)) if (1..=2).contains(&(text.len() - at - 1)) => {
                (text.get(..*at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())
            }
            _ => (text, ""),
        };
        let groups: Vec<&str> = whole.split(['.', ',']).collect();
        let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
        let one_kind = separators.windows(2).all(|pair| pair.first() == pair.last());
        let parted_by_another = part.is_empty() || marks.last().is_some_and(|(_, c)| !separators.contains(c));
        let grouped = groups.len() == 1
            || groups
                .iter()
                .enumerate()
                .all(|(n, group)| if n == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 });
        if !one_kind || !grouped || !parted_by_another || whole.is_empty() {
            return Err(wrong());
        }
        let digits: String = groups.concat();
        let whole: i64 = digits.parse().map_err(|_| wrong())?;
        let hundredths: i64 = match part.len() {
            0 => 0,
            1 => part.parse::<i64>().map_err(|_| wrong())? * 10,
            _ => part.parse().map_err(|_| wrong())?,
        };
        let cents = whole.checked_mul(100).and_then(|whole| whole.checked_add(hundredths)).filter(|n| *n <= MOST);
        let cents = cents.ok_or_else(|| TextError("The amount is too large. Check it.".into()))?;
        Ok(if negative { -cents } else { cents })
    }

    /// As a form shows it again: `1234.50`.
    #[must_use]
    pub fn plain(self) -> String {
        let sign = if self.cents < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.cents.unsigned_abs() / 100, self.cents.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (text, cents) in [
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("1 234,5", 123_450),
            ("1’234.50", 123_450),
            ("1234.50", 123_450),
            ("1,234", 123_400),
            ("1.234.567", 123_456_700),
            ("-20", -2_000),
            ("−0.05", -5),
            ("0", 0),
        ] {
            assert_eq!(Money::cents_of(text).unwrap(), cents, "{text}");
        }
        for wrong in ["", "-", ".", "12.", ".5", "1,23,4.00", "1.234.50", "1,234,5", "12 EUR", "$5", "1e3", "--1", "٣"]
        {
            assert!(Money::cents_of(wrong).is_err(), "{wrong}");
        }
        assert!(Money::cents_of("9999999999999999").unwrap_err().to_string().contains("too large"));
        assert!(Money::cents_of(&"9".repeat(40)).is_err());
    }

    #[test]
    fn a_currency_is_three_letters() {
        assert_eq!(Currency::parse(" aud ").unwrap().as_str(), "AUD");
        for wrong in ["", "$", "EURO", "A1D", "é€"] {
            assert!(Currency::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn an_amount_comes_back_as_it_went(cents in -MOST..=MOST) {
            let currency = Currency::parse("EUR").unwrap();
            prop_assert_eq!(Money::cents_of(&Money { cents, currency }.plain()).unwrap(), cents);
        }

        #[test]
        fn reading_an_amount_never_panics(text: String) {
            let _ = (Money::cents_of(&text), Currency::parse(&text));
        }
    }
}
