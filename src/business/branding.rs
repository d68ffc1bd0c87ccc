//! How a business looks: one colour, from which everything else follows. What is written on it is always readable, whatever
//! colour was chosen; nothing is refused.

use std::fmt;

/// A colour, as `#0d736e`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// How well three pairs of colours contrast, as WCAG 2 measures it: from 1 to 21.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ratios {
    /// The words on a button.
    pub button: f64,
    /// A link on white.
    pub link: f64,
    /// A link on a row tinted in the colour.
    pub link_on_tint: f64,
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// Black.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// What a business looks like until it chooses a colour.
    pub const DEFAULT: Self = Self { red: 0x0d, green: 0x73, blue: 0x6e };

    /// Parses `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        Some(Self { red, green, blue })
    }

    /// How much light it gives off, from 0 to 1 (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well it contrasts with another, from 1 to 21 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// White or black, whichever is easier to read on it. One of the two always reaches 4.58.
    #[must_use]
    pub fn on(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// What links of this colour look like on a light page: never lighter than can be read there. The stylesheet derives the
    /// same from `--brand`.
    #[must_use]
    pub fn link(self) -> Self {
        let (lightness, chroma, hue) = self.oklch();
        Self::of_oklch(lightness.min(0.48), chroma, hue)
    }

    /// What links of this colour look like on a dark page.
    #[must_use]
    pub fn link_on_dark(self) -> Self {
        let (lightness, chroma, hue) = self.oklch();
        Self::of_oklch(lightness.max(0.77), chroma.min(0.12), hue)
    }

    /// The tint of a row in this colour on a light page, as the stylesheet derives it.
    fn tint(self) -> Self {
        let (_, chroma, hue) = self.oklch();
        Self::of_oklch(0.955, (chroma * 0.22).min(0.028), hue)
    }

    /// How well what is written in and on the colour can be read: what the settings show beside the choice.
    #[must_use]
    pub fn ratios(self) -> Ratios {
        Ratios {
            button: self.contrast(self.on()),
            link: self.link().contrast(Self::WHITE),
            link_on_tint: self.link().contrast(self.tint()),
        }
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Lightness, chroma and hue (in radians), as people see them (<https://www.w3.org/TR/css-color-4/#ok-lab>).
    fn oklch(self) -> (f64, f64, f64) {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        (lightness, a.hypot(b), b.atan2(a))
    }

    /// The nearest colour that a screen shows: channels beyond its range are cut off.
    fn of_oklch(lightness: f64, chroma: f64, hue: f64) -> Self {
        let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let [red, green, blue] = [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
        .map(|c| {
            let c = if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 255 by then
            let byte = (c.clamp(0.0, 1.0) * 255.0).round() as u8;
            byte
        });
        Self { red, green, blue }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl super::Business {
    /// Its colour.
    #[must_use]
    pub fn colour(&self) -> Colour {
        Colour::parse(&self.brand_colour).unwrap_or(Colour::DEFAULT)
    }

    /// The stylesheet that puts its pages in its colour.
    #[must_use]
    pub fn brand_css(&self) -> String {
        let colour = self.colour();
        format!(".portal, .branded {{ --brand: {colour}; --on-brand: {}; }}\n", colour.on())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_what_wcag_says() {
        assert!((Colour::WHITE.contrast(Colour::BLACK) - 21.0).abs() < 1e-9);
        // Two pairs that are known to sit on either side of 4.5.
        assert!((colour("#777777").contrast(Colour::WHITE) - 4.478).abs() < 0.001);
        assert!((colour("#767676").contrast(Colour::WHITE) - 4.542).abs() < 0.001);
    }

    #[test]
    fn what_is_written_on_a_colour_is_measured_not_guessed() {
        // Pure red and a mid green look "dark enough" for white; the measure says black.
        for (fill, on) in
            [("#0d736e", "#ffffff"), ("#ff0000", "#000000"), ("#2f9e44", "#000000"), ("#ffffff", "#000000")]
        {
            assert_eq!(colour(fill).on().to_string(), on, "{fill}");
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for bad in ["", "#", "0d736e", "#0d736", "#0d736e0", "#0d73gé", "#+d736e", "red", "#0d736e;}"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
        assert_eq!(colour("#0D736E").to_string(), "#0d736e");
    }

    proptest! {
        #[test]
        fn whatever_colour_is_chosen_everything_can_be_read(red: u8, green: u8, blue: u8) {
            let ratios = Colour { red, green, blue }.ratios();
            prop_assert!(ratios.button >= 4.58, "{ratios:?}");
            prop_assert!(ratios.link >= 4.5 && ratios.link_on_tint >= 4.5, "{ratios:?}");
        }

        #[test]
        fn a_colour_comes_back_from_how_people_see_it(red: u8, green: u8, blue: u8) {
            let colour = Colour { red, green, blue };
            let (lightness, chroma, hue) = colour.oklch();
            prop_assert_eq!(Colour::of_oklch(lightness, chroma, hue), colour);
        }

        #[test]
        fn any_text_is_a_colour_or_not(text: String) {
            let _ = Colour::parse(&text);
        }
    }
}
