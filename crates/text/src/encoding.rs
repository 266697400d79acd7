//! Bytes to text: which encoding they are in, and what they say in it.

use encoding_rs::{DecoderResult, EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// Text and the encoding that its bytes were in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// `UTF-8`, `Shift_JIS`, `EUC-JP`, `ISO-2022-JP`, `UTF-16LE` or `UTF-16BE`.
    pub encoding: &'static str,
}

/// Bytes that are not text in any encoding read here; says where, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// The bytes are not text at all.
    #[error("not text: {what} at byte {offset}\n  help: {help}")]
    Binary {
        /// Place of the telling byte, from 0.
        offset: usize,
        /// What stands there.
        what: &'static str,
        /// What would mend it.
        help: &'static str,
    },
    /// The bytes are most likely in an encoding, but break off in it.
    #[error("byte {offset} is not {encoding}\n  help: {help}")]
    Broken {
        /// The likeliest encoding.
        encoding: &'static str,
        /// Place of the first byte that does not fit, from 0.
        offset: usize,
        /// What would mend it.
        help: &'static str,
    },
    /// The bytes are in an encoding that is not read here.
    #[error(
        "the text seems to be in {encoding} (first such byte: {offset})\n  help: convert it to UTF-8, for example with `iconv -f {encoding} -t UTF-8`"
    )]
    Foreign {
        /// The likeliest encoding.
        encoding: &'static str,
        /// Place of the first byte that is not ASCII, from 0.
        offset: usize,
    },
}

const HELP_BROKEN: &str =
    "the file may be cut off or mixed from two encodings; mend that byte, or save the file again as UTF-8";

/// Decodes bytes: UTF-8, Shift_JIS (CP932), EUC-JP, ISO-2022-JP, or UTF-16 with a byte order mark.
///
/// ```
/// let decoded = entente_text::decode(b"\x93\xfa\x96\x7b\x82\xcc\x8e\xf1\x91\x8a").unwrap();
/// assert_eq!((decoded.text.as_str(), decoded.encoding), ("日本の首相", "Shift_JIS"));
/// ```
///
/// # Errors
/// When the bytes are not text, are broken, or are in another encoding.
pub fn decode(bytes: &[u8]) -> Result<Decoded, EncodingError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding == UTF_8 {
            refuse_binary(rest, mark)?;
        }
        let text = strict(encoding, rest).map_err(|offset| EncodingError::Broken {
            encoding: encoding.name(),
            offset: offset + mark,
            help: HELP_BROKEN,
        })?;
        if let Some(at) = text.find('\0') {
            let units = text.get(..at).map_or(0, |head| head.encode_utf16().count());
            return Err(EncodingError::Binary {
                offset: mark + units * 2,
                what: "a NUL character",
                help: "name a file of plain text",
            });
        }
        return Ok(Decoded { text, encoding: encoding.name() });
    }
    refuse_binary(bytes, 0)?;
    if is_escaped_jis(bytes) {
        return match strict(ISO_2022_JP, bytes) {
            Ok(text) => Ok(Decoded { text, encoding: ISO_2022_JP.name() }),
            Err(offset) => {
                Err(EncodingError::Broken { encoding: ISO_2022_JP.name(), offset, help: HELP_BROKEN })
            }
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name() }),
        Err(error) => guess(bytes, error.valid_up_to()),
    }
}

/// Bytes at the head of a page among which its encoding may be declared.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a saved page: by its byte order mark, by the encoding declared for it (`declared`, from outside, or in the
/// page itself), or as [`decode`] does.
///
/// As in a browser, single bytes that do not fit are replaced, and NUL is passed over. A page whose bytes are UTF-8
/// is read as such whatever it declares: browsers convert what they save and leave the old declaration in it.
///
/// # Errors
/// When the bytes are not text, or fit neither what is declared nor any encoding read here.
pub(crate) fn decode_page(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, EncodingError> {
    refuse_known(bytes, 0)?;
    let wide = match bytes {
        [b'<', 0, ..] => Some((UTF_16LE, 0)),
        [0, b'<', ..] => Some((UTF_16BE, 0)),
        _ => Encoding::for_bom(bytes),
    };
    if let Some((encoding, mark)) = wide {
        let text = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name() });
    }
    let without_nul: Vec<u8>;
    let bytes = if bytes.contains(&0) {
        without_nul = bytes.iter().copied().filter(|&byte| byte != 0).collect();
        without_nul.as_slice()
    } else {
        bytes
    };
    if !bytes.is_ascii()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name() });
    }
    let label = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let label = label.or_else(|| declared_in(bytes.get(..DECLARED_WITHIN).unwrap_or(bytes)));
    let tolerant = |encoding: &'static Encoding, share: usize| {
        let text = encoding.decode_without_bom_handling(bytes).0;
        let broken = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        (broken * share <= text.chars().count())
            .then(|| Decoded { text: text.into_owned(), encoding: encoding.name() })
    };
    if let Some(encoding) = label.filter(|&label| label != UTF_8)
        && let Some(decoded) = tolerant(encoding, 50)
    {
        return Ok(decoded);
    }
    decode(bytes).or_else(|error| {
        let likely = if is_mostly_utf8(bytes) { Some(UTF_8) } else { label };
        likely.and_then(|encoding| tolerant(encoding, 5)).ok_or(error)
    })
}

/// The encoding that the head of a page declares: `<meta charset=…>`, `http-equiv`, or `<?xml encoding=…?>`.
fn declared_in(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    for word in [&b"charset"[..], b"encoding"] {
        let mut from = 0;
        while let Some(at) = lower.get(from..)?.windows(word.len()).position(|window| window == word) {
            from += at + word.len();
            let rest = lower.get(from..)?.trim_ascii_start();
            let Some(value) = rest.strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let len = value
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))
                .unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(&value[..len]) {
                // What could be read up to its own declaration is not UTF-16.
                return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
            }
        }
    }
    None
}

/// Decides between the Japanese encodings for bytes that are not UTF-8.
fn guess(bytes: &[u8], broken_at: usize) -> Result<Decoded, EncodingError> {
    if is_mostly_utf8(bytes) {
        return Err(EncodingError::Broken { encoding: UTF_8.name(), offset: broken_at, help: HELP_BROKEN });
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // A text of some length without kana is judged without a leaning to Japanese.
    let leaning = detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny);
    let plain = detector.guess(None, chardetng::Utf8Detection::Deny);
    let sjis = strict(SHIFT_JIS, bytes);
    let euc = strict(EUC_JP, bytes);
    let (sjis_score, euc_score) =
        (sjis.as_deref().map_or(-1.0, likeness), euc.as_deref().map_or(-1.0, likeness));
    // What reads as Japanese beyond doubt needs no detector; else its word counts.
    let (first, first_score, second, second_score) = if euc_score > sjis_score {
        ((euc, EUC_JP), euc_score, (sjis, SHIFT_JIS), sjis_score)
    } else {
        ((sjis, SHIFT_JIS), sjis_score, (euc, EUC_JP), euc_score)
    };
    let kana = first.0.as_deref().is_ok_and(holds_kana);
    let likely = if kana || bytes.len() < 30 { leaning } else { plain };
    let clear = kana && first_score >= 0.5 && first_score - second_score >= 0.2;
    let (chosen, encoding) = if second.1 == likely && !clear && second.0.is_ok() { second } else { first };
    let japanese = likely == SHIFT_JIS || likely == EUC_JP;
    match chosen {
        Ok(text) if clear || japanese => Ok(Decoded { text, encoding: encoding.name() }),
        Ok(_) => Err(EncodingError::Foreign { encoding: likely.name(), offset: broken_at }),
        Err(offset) if japanese => {
            Err(EncodingError::Broken { encoding: likely.name(), offset, help: HELP_BROKEN })
        }
        Err(_) => Err(EncodingError::Foreign { encoding: likely.name(), offset: broken_at }),
    }
}

/// How much a decoded text looks like Japanese: of its characters beyond ASCII, the share of kana and common
/// kanji, less what a misreading typically yields.
fn likeness(text: &str) -> f64 {
    let (mut all, mut good) = (0.0, 0.0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1.0;
        good += match c {
            'ぁ'..='ん' | '、' | '。' => 1.0,
            'ァ'..='ヶ' | 'ー' | '・' | '「' | '」' => 0.9,
            '一'..='龠' => 0.5,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '　'..='〟' | '（' | '）' => 0.5,
            '\u{FF61}'..='\u{FF9F}' => -0.5,
            '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{9F}' => -2.0,
            _ => 0.0,
        };
    }
    if all == 0.0 { 0.0 } else { good / all }
}

/// Whether a tenth of the characters beyond ASCII are kana, as in any Japanese text but the shortest.
fn holds_kana(text: &str) -> bool {
    let kana = text.chars().filter(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ー')).count();
    kana > 0 && kana * 10 >= text.chars().filter(|c| !c.is_ascii()).count()
}

/// Whether bytes are UTF-8 but for a few of them.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut long, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().chars().filter(|c| c.len_utf8() > 1).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    long >= 3 && long >= broken * 4
}

/// Whether the bytes switch character sets by the escapes of ISO-2022-JP.
fn is_escaped_jis(bytes: &[u8]) -> bool {
    bytes.is_ascii()
        && bytes
            .windows(3)
            .any(|three| matches!(three, [0x1B, b'$', b'@' | b'B'] | [0x1B, b'(', b'J' | b'I']))
}

/// Refuses bytes that open as a kind of file which holds no plain text.
fn refuse_known(bytes: &[u8], base: usize) -> Result<(), EncodingError> {
    let known: [(&[u8], &str, &str); 4] = [
        (b"%PDF-", "a PDF", "take the text out of it first, for example with `pdftotext`"),
        (
            b"PK\x03\x04",
            "a ZIP archive or an office document",
            "unpack it, or save the document as plain text",
        ),
        (b"\x1f\x8b", "a gzip archive", "unpack it first, for example with `gzip -d`"),
        (b"\x89PNG", "a picture", "name a file of plain text"),
    ];
    for (magic, what, help) in known {
        if bytes.starts_with(magic) {
            return Err(EncodingError::Binary { offset: base, what, help });
        }
    }
    Ok(())
}

fn refuse_binary(bytes: &[u8], base: usize) -> Result<(), EncodingError> {
    refuse_known(bytes, base)?;
    match bytes.iter().position(|&byte| byte == 0) {
        None => Ok(()),
        Some(offset) => Err(EncodingError::Binary {
            offset: offset + base,
            what: "a NUL byte",
            help: "name a file of plain text; if this is UTF-16 without a byte order mark, save it as UTF-8",
        }),
    }
}

/// Decodes without putting up with anything; else gives the place of the first byte that does not fit.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(bad, extra), read) => {
            Err(read.saturating_sub(usize::from(bad) + usize::from(extra)))
        }
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str =
        "中国の外相は5日、東京で日本の外相と会談した。両氏はガス田の共同開発について協議した。";

    #[test]
    fn each_encoding_is_named() {
        let encode = |encoding: &'static Encoding, text: &str| encoding.encode(text).0.into_owned();
        for text in [TEXT, "日本", "米国は関税を引き上げる", "〜①㈱髙﨑", "ＡＢＣ、１２３。", "ロシア"]
        {
            for encoding in [UTF_8, SHIFT_JIS, EUC_JP, ISO_2022_JP] {
                let text = if encoding == SHIFT_JIS { text } else { text.trim_end_matches(['髙', '﨑']) };
                let text = text.replace('〜', "～");
                let decoded = decode(&encode(encoding, &text)).unwrap_or_else(|e| panic!("{text} {e}"));
                assert_eq!((decoded.text.as_str(), decoded.encoding), (text.as_str(), encoding.name()));
            }
        }
    }

    #[test]
    fn byte_order_marks_are_taken_off() {
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend(TEXT.as_bytes());
        assert_eq!(decode(&bytes).unwrap(), Decoded { text: TEXT.to_owned(), encoding: "UTF-8" });
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes).unwrap().encoding, "UTF-16LE");
        let mut bytes = vec![0xFE, 0xFF];
        bytes.extend(TEXT.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(decode(&bytes).unwrap().text, TEXT);
    }

    #[test]
    fn what_is_broken_says_where() {
        let cut = &TEXT.as_bytes()[..TEXT.len() - 1];
        assert!(matches!(
            decode(cut),
            Err(EncodingError::Broken { encoding: "UTF-8", offset, .. }) if offset == TEXT.len() - 3
        ));
        assert!(matches!(decode(b"ab\0c"), Err(EncodingError::Binary { offset: 2, .. })));
        assert!(matches!(decode(b"%PDF-1.7"), Err(EncodingError::Binary { offset: 0, .. })));
        let korean = encoding_rs::EUC_KR
            .encode("한국과 일본의 외교장관이 서울에서 회담했다. 양국은 협력하기로 합의했다.")
            .0;
        assert!(matches!(decode(&korean), Err(EncodingError::Foreign { .. })));
        assert!(decode(b"\x1b$B\x21").unwrap_err().to_string().contains("help:"));
        assert_eq!(decode(b"").unwrap().encoding, "UTF-8");
    }

    #[test]
    fn pages_are_read_as_they_declare() {
        let page = |head: &str, encoding: &'static Encoding| {
            encoding.encode(&format!("<html><head>{head}</head><body>{TEXT}</body>")).0.into_owned()
        };
        let cases: [(&str, &'static Encoding, Option<&str>, &str); 9] = [
            ("<meta charset=\"shift_jis\">", SHIFT_JIS, None, "Shift_JIS"),
            (
                "<META http-equiv=Content-Type content='text/html; charset=x-sjis'>",
                SHIFT_JIS,
                None,
                "Shift_JIS",
            ),
            ("<meta charset = euc-jp>", EUC_JP, None, "EUC-JP"),
            ("<?xml version='1.0' encoding='EUC-JP'?>", EUC_JP, None, "EUC-JP"),
            ("<meta charset=iso-2022-jp>", ISO_2022_JP, None, "ISO-2022-JP"),
            ("", EUC_JP, Some("euc-jp"), "EUC-JP"),
            ("", SHIFT_JIS, None, "Shift_JIS"),
            // What was declared is no more what it is.
            ("<meta charset=shift_jis>", UTF_8, None, "UTF-8"),
            ("<meta charset=utf-8>", SHIFT_JIS, None, "Shift_JIS"),
        ];
        for (head, encoding, declared, wanted) in cases {
            let decoded = decode_page(&page(head, encoding), declared).unwrap();
            assert_eq!(decoded.encoding, wanted, "{head}");
            assert!(decoded.text.contains(TEXT), "{head}");
        }
        let mut cut = page("<meta charset=shift_jis>", SHIFT_JIS);
        cut.push(0x93);
        assert!(decode_page(&cut, None).unwrap().text.ends_with('\u{FFFD}'));
        let mut nul = page("", UTF_8);
        nul.insert(3, 0);
        assert!(decode_page(&nul, None).unwrap().text.contains(TEXT));
        assert!(decode_page(b"%PDF-1.7", None).is_err());
        assert!(decode_page(&[0xFF; 99], None).is_err());
        let wide: Vec<u8> = format!("<p>{TEXT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_page(&wide, None).unwrap().encoding, "UTF-16LE");
    }

    proptest! {
        #[test]
        fn any_bytes_give_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            match decode(&bytes) {
                Ok(decoded) => prop_assert!(!decoded.text.contains('\0')),
                Err(error) => prop_assert!(error.to_string().contains("help:")),
            }
        }

        #[test]
        fn escapes_give_text_or_an_error(bytes in prop::collection::vec(
            prop::sample::select(vec![0x1Bu8, b'$', b'B', b'(', b'J', b'I', 0x24, 0x2F, b'a', 0x0A]), 0..60)) {
            let _ = decode(&bytes);
        }
    }
}
