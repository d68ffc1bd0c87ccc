//! How the text of a file is written: told by its mark, else by whether it is valid UTF-8; whatever is neither is taken
//! for Windows-1252, which is what spreadsheet programs on Windows write.

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};

const PIECE: usize = 64 * 1024;

/// Whether the beginning of a file is of no text: it holds zero bytes, and not in the pattern of UTF-16.
pub fn looks_binary(start: &[u8]) -> bool {
    start.contains(&0) && unmarked_utf16(start).is_none() && Encoding::for_bom(start).is_none()
}

/// UTF-16 without a mark: nearly every second byte of what people write in it is zero.
fn unmarked_utf16(start: &[u8]) -> Option<&'static Encoding> {
    let pairs = start.len() / 2;
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if pairs >= 4 && odd * 10 >= pairs * 7 && even == 0 => Some(UTF_16LE),
        () if pairs >= 4 && even * 10 >= pairs * 7 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// How the file is written; looks at all of it, since one byte at its end can decide. Leaves it at its beginning.
pub fn of(file: &mut File) -> io::Result<&'static Encoding> {
    let mut piece = vec![0; PIECE];
    let mut held = 0;
    let mut first = true;
    let encoding = loop {
        let read = file.read(piece.get_mut(held..).unwrap_or_default())?;
        let filled = piece.get(..held + read).unwrap_or_default();
        if std::mem::take(&mut first)
            && let Some(marked) = Encoding::for_bom(filled).map(|(e, _)| e).or_else(|| unmarked_utf16(filled))
        {
            break marked;
        }
        let valid = Encoding::utf8_valid_up_to(filled);
        let rest = filled.len() - valid;
        // A character may be cut by the end of the piece; at the end of the file nothing may be left over.
        if (read == 0 && rest > 0) || rest > 3 {
            break WINDOWS_1252;
        }
        if read == 0 {
            break UTF_8;
        }
        let len = filled.len();
        piece.copy_within(valid..len, 0);
        held = rest;
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(encoding)
}

/// A file's text as UTF-8, without its mark.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    taken: usize,
    filled: usize,
    output: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let input = vec![0; PIECE];
        Self { inner, decoder, input, taken: 0, filled: 0, output: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        if self.taken == self.filled {
            self.filled = self.inner.read(&mut self.input)?;
            self.taken = 0;
            self.ended = self.filled == 0;
        }
        let source = self.input.get(self.taken..self.filled).unwrap_or_default();
        self.output.resize(PIECE * 3 + 16, 0);
        let (_, read, written, _) = self.decoder.decode_to_utf8(source, &mut self.output, self.ended);
        self.output.truncate(written);
        self.taken += read;
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let ready = self.output.get(self.given..).unwrap_or_default();
        let n = ready.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..n), ready.get(..n)) {
            to.copy_from_slice(from);
        }
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::sheet::tests::file;
    use proptest::prelude::*;

    fn text(bytes: &[u8]) -> (&'static str, String) {
        let mut file = file(bytes);
        file.seek(SeekFrom::Start(0)).unwrap();
        let encoding = of(&mut file).unwrap();
        let mut text = String::new();
        Decoded::new(file, encoding).read_to_string(&mut text).unwrap();
        (encoding.name(), text)
    }

    #[test]
    fn every_way_of_writing_a_name_is_understood() {
        let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
            mark.iter().copied().chain("Zoë Müller, Café".encode_utf16().flat_map(bytes)).collect()
        };
        assert_eq!(text("Zoë Müller".as_bytes()), ("UTF-8", "Zoë Müller".into()));
        assert_eq!(text("\u{feff}Zoë Müller".as_bytes()), ("UTF-8", "Zoë Müller".into()));
        assert_eq!(text(&utf16(u16::to_le_bytes, b"\xff\xfe")), ("UTF-16LE", "Zoë Müller, Café".into()));
        assert_eq!(text(&utf16(u16::to_be_bytes, b"\xfe\xff")), ("UTF-16BE", "Zoë Müller, Café".into()));
        assert_eq!(text(&utf16(u16::to_le_bytes, b"")), ("UTF-16LE", "Zoë Müller, Café".into()));
        assert_eq!(text(b"Zo\xeb M\xfcller \x80"), ("windows-1252", "Zoë Müller €".into()));
        assert_eq!(text(b"cut in a character \xc3"), ("windows-1252", "cut in a character Ã".into()));
    }

    #[test]
    fn one_byte_at_the_far_end_decides() {
        let mut long = "Zoë;".repeat(60_000).into_bytes();
        assert_eq!(text(&long).0, "UTF-8");
        long.push(0xfc);
        assert_eq!(text(&long).0, "windows-1252");
    }

    proptest! {
        #[test]
        fn utf8_comes_through_unchanged(said in "[^\\x00\u{feff}]{0,300}") {
            prop_assume!(!looks_binary(said.as_bytes()));
            prop_assert_eq!(text(said.as_bytes()).1, said);
        }
    }
}
