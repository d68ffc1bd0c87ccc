//! What a file is, told by its content: what its name says is somebody's claim (S57).

use crate::file::FileName;

crate::words! {
    /// A kind of file that may be shared.
    pub enum FileKind {
        /// A PDF.
        Pdf = "pdf",
        /// A PNG picture.
        Png = "png",
        /// A JPEG picture.
        Jpeg = "jpeg",
        /// A GIF picture.
        Gif = "gif",
        /// A WebP picture.
        Webp = "webp",
        /// A TIFF picture.
        Tiff = "tiff",
        /// A HEIF picture, as telephones take them.
        Heif = "heif",
        /// A Word document.
        Docx = "docx",
        /// An Excel workbook.
        Xlsx = "xlsx",
        /// A PowerPoint presentation.
        Pptx = "pptx",
        /// An `OpenDocument` text.
        Odt = "odt",
        /// An `OpenDocument` spreadsheet.
        Ods = "ods",
        /// A ZIP archive.
        Zip = "zip",
        /// Plain text, comma-separated values among it.
        Text = "text",
    }
}

/// Where the beginning of a text is looked at for markup, in bytes.
const BEGINNING: usize = 4096;

impl FileKind {
    /// What a browser is told; never anything that it would run.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Tiff => "image/tiff",
            Self::Heif => "image/heif",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Zip => "application/zip",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// What pages call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Tiff => "TIFF",
            Self::Heif => "HEIF",
            Self::Docx => "Word",
            Self::Xlsx => "Excel",
            Self::Pptx => "PowerPoint",
            Self::Odt => "ODT",
            Self::Ods => "ODS",
            Self::Zip => "ZIP",
            Self::Text => "TXT",
        }
    }

    /// The endings that a file of this kind may have.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Tiff => &["tif", "tiff"],
            Self::Heif => &["heic", "heif"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Zip => &["zip"],
            Self::Text => &["txt", "csv", "tsv", "md", "log"],
        }
    }

    /// Every ending that is taken, as a file field lists them.
    #[must_use]
    pub fn accepted() -> String {
        let endings = Self::ALL.iter().flat_map(|kind| kind.endings());
        endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
    }

    /// The kind of a content, if it may be shared under this name. A name that claims something else is refused: whoever
    /// opens it would be led astray.
    ///
    /// # Errors
    /// Why not, and what to do.
    pub fn of(name: &FileName, content: &[u8]) -> Result<Self, String> {
        let kind = Self::of_content(content).ok_or_else(|| {
            format!("{name} is not a kind of file that can be shared. Share a PDF, a picture (PNG, JPEG, GIF, WebP, TIFF, HEIF), a Word, Excel, PowerPoint or OpenDocument file, a ZIP archive, or plain text.")
        })?;
        if kind.endings().contains(&name.ending().as_str()) {
            Ok(kind)
        } else {
            let [first, ..] = kind.endings() else { return Err(format!("{name} cannot be shared.")) };
            Err(format!("{name} holds {} content. Give it a name that ends in .{first}, and try again.", kind.label()))
        }
    }

    fn of_content(content: &[u8]) -> Option<Self> {
        match infer::get(content).map(|found| found.mime_type()) {
            Some("application/pdf") => Some(Self::Pdf),
            Some("image/png") => Some(Self::Png),
            Some("image/jpeg") => Some(Self::Jpeg),
            Some("image/gif") => Some(Self::Gif),
            Some("image/webp") => Some(Self::Webp),
            Some("image/tiff") => Some(Self::Tiff),
            Some("image/heif" | "image/heic") => Some(Self::Heif),
            Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document") => Some(Self::Docx),
            Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") => Some(Self::Xlsx),
            Some("application/vnd.openxmlformats-officedocument.presentationml.presentation") => Some(Self::Pptx),
            Some("application/vnd.oasis.opendocument.text") => Some(Self::Odt),
            Some("application/vnd.oasis.opendocument.spreadsheet") => Some(Self::Ods),
            Some("application/zip") => Some(Self::Zip),
            Some(_) => None,
            None => is_plain(content).then_some(Self::Text),
        }
    }
}

/// Text that nothing runs: no bytes that are none of a text, and no markup, SVG above all.
fn is_plain(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{feff}')) {
        return false;
    }
    let beginning: String = text.chars().take(BEGINNING).flat_map(char::to_lowercase).collect();
    let markup = ["<svg", "<html", "<script", "<!doctype", "<?xml", "<body", "<head", "<iframe", "<math"];
    !markup.iter().any(|tag| beginning.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";

    fn of(name: &str, content: &[u8]) -> Result<FileKind, String> {
        FileKind::of(&FileName::parse(name).unwrap(), content)
    }

    #[test]
    fn s57_a_file_is_what_its_content_says() {
        assert_eq!(of("a.pdf", PDF), Ok(FileKind::Pdf));
        assert_eq!(of("a.png", PNG), Ok(FileKind::Png));
        assert_eq!(of("a.csv", b"number;title\n1;x\n"), Ok(FileKind::Text));
        assert!(of("a.pdf", PNG).unwrap_err().contains("ends in .png"));
        assert!(of("a.txt", PDF).unwrap_err().contains("ends in .pdf"));
        assert!(of("invoice.pdf.exe", PDF).is_err());
    }

    #[test]
    fn s57_what_a_browser_or_a_machine_would_run_is_refused() {
        for (name, content) in [
            ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".as_slice()),
            ("logo.txt", b"\n\n <SVG onload=alert(1)>"),
            ("logo.txt", b"<?xml version=\"1.0\"?><!-- --><svg/>"),
            ("page.txt", b"<!DOCTYPE html><p>x"),
            ("page.html", b"<html><script>alert(1)</script>"),
            ("run.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
            ("run.txt", b"\x7fELF\x02\x01\x01\x00"),
            ("a.txt", b"a\x00b"),
            ("a.txt", b"\xff\xfe\xfd"),
        ] {
            assert!(of(name, content).is_err(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn telling_a_kind_never_panics_and_is_never_markup(content in prop::collection::vec(any::<u8>(), 0..200), name in "[a-z.]{1,12}") {
            if let Ok(name) = FileName::parse(&name) {
                let _ = FileKind::of(&name, &content);
            }
        }
    }
}
