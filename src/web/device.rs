//! A browser's own description, as people would say it.

use crate::language::Language;

/// `Firefox on Windows`, in the reader's language; what it says itself, where that cannot be told.
#[must_use]
pub fn words(agent: &str, language: Language) -> String {
    // The order matters: most browsers also name those that they descend from.
    let browsers = [
        ("Edg/", "Edge"),
        ("EdgA/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    let find =
        |marks: &[(&str, &'static str)]| marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => {
            language.say("profile-device").with("browser", browser).with("system", system).to_string()
        }
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => system.to_owned(),
        (None, None) if agent.trim().is_empty() => language.say("profile-device-unknown").to_string(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::language::Language;

    #[test]
    fn devices_are_called_what_people_call_them() {
        for (agent, said) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Windows"),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari on Mac",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
                "Chrome on Linux",
            ),
            ("curl/8.14.1", "curl/8.14.1"),
            ("", "Unknown device"),
        ] {
            assert_eq!(words(agent, Language::En), said);
        }
    }

    #[test]
    fn devices_are_named_in_the_readers_language() {
        let agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
        for (language, known, unknown) in [
            (Language::De, "Firefox auf Windows", "Unbekanntes Gerät"),
            (Language::Fr, "Firefox sur Windows", "Appareil inconnu"),
            (Language::Es, "Firefox en Windows", "Dispositivo desconocido"),
        ] {
            assert_eq!((words(agent, language).as_str(), words("", language).as_str()), (known, unknown));
        }
    }
}
